package ee.supervisor.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the values of an option are like: how they are read from a file, and how they are shown.
 *
 * @param <T> what a value is
 */
public final class Kind<T> {
  public static final Kind<String> TEXT = of("text", (text, section) -> text);
  public static final Kind<Boolean> BOOLEAN =
      of("boolean", (text, section) -> Conversions.bool(text));

  /** A whole number; one beyond the range of a {@code long} becomes the nearest within. */
  public static final Kind<Long> NUMBER =
      of("number", (text, section) -> Conversions.wholeNumber(text)).wanted("a whole number");

  public static final Kind<Duration> SECONDS =
      of("number", (text, section) -> Duration.ofSeconds(Conversions.wholeNumber(text)))
          .wanted("a whole number")
          .json(Duration::toSeconds)
          .text(time -> Long.toString(time.toSeconds()));

  /** A size in bytes; one beyond the range of a {@code long} becomes the nearest within. */
  public static final Kind<Long> BYTES =
      of("bytes", (text, section) -> Conversions.bytes(text))
          .wanted("a number of bytes such as 50MB");

  public static final Kind<Integer> OCTAL =
      of("octal", (text, section) -> Conversions.octal(text)).text("%03o"::formatted);
  public static final Kind<Integer> PORT = of("number", (text, section) -> Conversions.port(text));
  public static final Kind<Integer> SIGNAL =
      of("signal", (text, section) -> Conversions.signal(text));
  public static final Kind<List<Integer>> EXIT_CODES =
      of("numbers, commas between", (text, section) -> Conversions.exitCodes(text))
          .text(codes -> codes.stream().map(String::valueOf).collect(Collectors.joining(",")));
  public static final Kind<List<String>> NAMES =
      of("names, commas between", (text, section) -> Conversions.list(text))
          .text(names -> String.join(",", names));
  public static final Kind<Autorestart> AUTORESTART =
      of("", (text, section) -> Conversions.autorestart(text))
          .json(Kind::autorestart)
          .text(autorestart -> autorestart.name().toLowerCase(Locale.ROOT));
  public static final Kind<LogLevel> LOG_LEVEL =
      of("", (text, section) -> Conversions.logLevel(text)).json(LogLevel::number);
  public static final Kind<Role> ROLE =
      of("", (text, section) -> Role.named(text)).json(Role::lowerCase).text(Role::lowerCase);

  /** A file whose directory must be there; the path stays as it is written. */
  public static final Kind<String> FILE = of("path", (text, section) -> section.paths().file(text));

  /** A directory that must be there; the path stays as it is written. */
  public static final Kind<String> DIRECTORY =
      of("path", (text, section) -> section.paths().directory(text));

  /** A path made absolute; nothing need be there. */
  public static final Kind<String> PATH =
      of("path", (text, section) -> section.paths().normalize(text));

  /** Where supervisord logs: only {@code syslog} as it stands is the system's log. */
  public static final Kind<LogDestination> ACTIVITY_LOG =
      of(
              "path",
              (text, section) ->
                  text.equals("syslog")
                      ? (LogDestination) new LogDestination.Syslog()
                      : new LogDestination.File(
                          section.paths().normalize(section.paths().file(text))))
          .json(Kind::destination)
          .text(Kind::destinationText);

  public static final Kind<Map<String, String>> ENVIRONMENT =
      of("variables", (text, section) -> KeyValuePairs.parse(text))
          .text(variables -> String.join(",", variables.keySet()));
  public static final Kind<UserId> USER =
      of("user", (text, section) -> section.owners().user(text))
          .json(user -> id(user.name(), user.uid()))
          .jsonName("uid")
          .text(UserId::name);
  public static final Kind<SocketOwner> OWNER =
      of("`user` or `user:group`", (text, section) -> section.owners().owner(text))
          .json(Kind::owner);
  public static final Kind<List<HttpServerConfig.Peer>> PEERS =
      of("`account:role`, commas between", ServerSections::peers)
          .json(peers -> peers.stream().map(Kind::peer).toList());

  /** Makes a value of the expanded text of an option in a section. */
  @FunctionalInterface
  interface Conversion<T> {
    T of(String text, Section section) throws ConfigException;
  }

  private final String label;
  private final Conversion<T> conversion;
  private final Optional<String> wanted;
  private final Optional<String> refusal;
  private final Optional<String> jsonName;
  private final Function<T, Object> json;
  private final Function<T, String> text;

  private Kind(
      String label,
      Conversion<T> conversion,
      Optional<String> wanted,
      Optional<String> refusal,
      Optional<String> jsonName,
      Function<T, Object> json,
      Function<T, String> text) {
    this.label = requireNonNull(label);
    this.conversion = requireNonNull(conversion);
    this.wanted = wanted;
    this.refusal = refusal;
    this.jsonName = jsonName;
    this.json = requireNonNull(json);
    this.text = requireNonNull(text);
  }

  /** One whose values are in JSON what they are. */
  static <T> Kind<T> of(String label, Conversion<T> conversion) {
    return new Kind<>(
        label,
        conversion,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        value -> value,
        String::valueOf);
  }

  /**
   * Where the output of a program goes. The name is expanded a second time, as Supervisor does: a
   * percent sign needs to be written {@code %%%%}.
   *
   * @param key the option, which what is wrong is said to be the value of
   */
  static Kind<LogDestination> programLog(String key) {
    return of(
            "path", (text, section) -> programLog(section.expansions().expand(text, key), section))
        .json(Kind::destination)
        .text(Kind::destinationText);
  }

  private static LogDestination programLog(String name, Section section) throws ConfigException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "none", "off" -> new LogDestination.None();
      case "auto" -> new LogDestination.Auto();
      case "syslog" -> new LogDestination.Syslog();
      default -> new LogDestination.File(section.paths().file(name));
    };
  }

  /** The same under another name for people. */
  Kind<T> as(String other) {
    return new Kind<>(other, conversion, wanted, refusal, jsonName, json, text);
  }

  /** The same, where what cannot be read is said not to be that. */
  private Kind<T> wanted(String what) {
    return new Kind<>(label, conversion, Optional.of(what), refusal, jsonName, json, text);
  }

  /** The same, where what cannot be read is refused with those words and the value. */
  Kind<T> refusedAs(String words) {
    return new Kind<>(label, conversion, wanted, Optional.of(words), jsonName, json, text);
  }

  private Kind<T> jsonName(String other) {
    return new Kind<>(label, conversion, wanted, refusal, Optional.of(other), json, text);
  }

  private Kind<T> json(Function<T, Object> other) {
    return new Kind<>(label, conversion, wanted, refusal, jsonName, other, text);
  }

  private Kind<T> text(Function<T, String> other) {
    return new Kind<>(label, conversion, wanted, refusal, jsonName, json, other);
  }

  /** Its name for people, in Markdown; empty where an option's meaning lists the values. */
  public String label() {
    return label;
  }

  /** The name of its values in a JSON document, if it is not the option's. */
  Optional<String> jsonName() {
    return jsonName;
  }

  /**
   * The value that a text stands for.
   *
   * @param expanded the text
   * @param section where it stands
   */
  T value(String expanded, Section section) throws ConfigException {
    return conversion.of(expanded, section);
  }

  /**
   * The value of an option, or a failure that says of which option where that has to be said.
   *
   * @param option its name
   * @param expanded the text that it is set to
   * @param section where it stands
   */
  T value(String option, String expanded, Section section) throws ConfigException {
    try {
      return value(expanded, section);
    } catch (ConfigException e) {
      if (refusal.isPresent()) {
        throw new ConfigException(refusal.get() + " " + expanded, e);
      } else if (wanted.isPresent()) {
        ConfigException named =
            new ConfigException(
                "%s=%s is not %s: %s".formatted(option, expanded, wanted.get(), e.getMessage()),
                e.getMessage(),
                e);
        throw section.locateOwn(named);
      }
      throw e;
    }
  }

  /** A value as JSON has it: null, a boolean, number or text, or lists and maps of them. */
  Object json(T value) {
    return json.apply(value);
  }

  /** A value about as a file would have it; of variables, the names alone. */
  String text(T value) {
    return text.apply(value);
  }

  private static Object autorestart(Autorestart autorestart) {
    return switch (autorestart) {
      case ALWAYS -> true;
      case NEVER -> false;
      case UNEXPECTED -> "unexpected";
    };
  }

  private static Object destination(LogDestination destination) {
    if (destination instanceof LogDestination.File file) {
      return file.name();
    } else if (destination instanceof LogDestination.Auto) {
      return "AUTO";
    }
    return destination instanceof LogDestination.Syslog ? "syslog" : null;
  }

  private static String destinationText(LogDestination destination) {
    if (destination instanceof LogDestination.File file) {
      return file.name();
    }
    return destination.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  private static List<Object> owner(SocketOwner owner) {
    Object user = owner.equals(SocketOwner.UNCHANGED) ? -1 : id(owner.user(), owner.uid());
    return List.of(user, owner.group().isEmpty() ? owner.gid() : id(owner.group(), owner.gid()));
  }

  private static Map<String, Object> peer(HttpServerConfig.Peer peer) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("account", peer.account());
    values.put("uid", id(peer.account(), peer.uid()));
    values.put("role", peer.role().lowerCase());
    return values;
  }

  /** A number where the file has one or it was looked up; the name otherwise. */
  private static Object id(String name, int id) {
    if (id >= 0) {
      return id;
    }
    try {
      return Conversions.wholeNumber(name);
    } catch (ConfigException e) {
      return name; // not a number, and not looked up
    }
  }
}
