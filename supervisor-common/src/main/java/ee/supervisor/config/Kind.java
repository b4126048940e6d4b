package ee.supervisor.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the values of an option are like: how they are read from a file, and how they are shown.
 *
 * @param <T> what a value is
 */
public abstract class Kind<T> {
  public static final Kind<String> TEXT =
      new Kind<>("text") {
        @Override
        String value(String text, Section section) {
          return text;
        }
      };

  public static final Kind<Boolean> BOOLEAN =
      new Kind<>("boolean") {
        @Override
        Boolean value(String text, Section section) throws ConfigException {
          return Conversions.bool(text);
        }
      };

  /** A whole number; one beyond the range of a {@code long} becomes the nearest within. */
  public static final Kind<Long> NUMBER =
      new Kind<>("number", "a whole number") {
        @Override
        Long value(String text, Section section) throws ConfigException {
          return Conversions.wholeNumber(text);
        }
      };

  public static final Kind<Duration> SECONDS =
      new Kind<>("number", "a whole number") {
        @Override
        Duration value(String text, Section section) throws ConfigException {
          return Duration.ofSeconds(Conversions.wholeNumber(text));
        }

        @Override
        Object json(Duration value) {
          return value.toSeconds();
        }

        @Override
        String text(Duration value) {
          return Long.toString(value.toSeconds());
        }
      };

  /** A time to the fraction of a second, in whatever unit it is given. */
  public static final Kind<Duration> DURATION =
      new Kind<>("seconds, or with `ms`, `m`, `h`, `d`") {
        @Override
        Duration value(String text, Section section) throws ConfigException {
          return Conversions.duration(text);
        }

        @Override
        Object json(Duration value) {
          return value.toNanosPart() == 0 ? (Object) value.toSeconds() : value.toNanos() / 1e9;
        }

        @Override
        String text(Duration value) {
          return Conversions.text(value);
        }
      };

  public static final Kind<CheckTarget> CHECK =
      new Kind<>("command or URL") {
        @Override
        CheckTarget value(String text, Section section) throws ConfigException {
          return CheckTarget.parse(text);
        }

        @Override
        Object json(CheckTarget value) {
          return value.text();
        }

        @Override
        String text(CheckTarget value) {
          return value.text();
        }
      };

  public static final Kind<CheckConfig.FailureAction> FAILURE_ACTION =
      new Kind<>("") {
        @Override
        CheckConfig.FailureAction value(String text, Section section) throws ConfigException {
          return CheckConfig.FailureAction.parse(text);
        }

        @Override
        Object json(CheckConfig.FailureAction value) {
          return value.text();
        }

        @Override
        String text(CheckConfig.FailureAction value) {
          return value.text();
        }
      };

  public static final Kind<List<CheckTarget.StatusRange>> STATUSES =
      new Kind<>("statuses, commas between") {
        @Override
        List<CheckTarget.StatusRange> value(String text, Section section) throws ConfigException {
          return CheckTarget.statuses(text);
        }

        @Override
        Object json(List<CheckTarget.StatusRange> value) {
          return text(value);
        }

        @Override
        String text(List<CheckTarget.StatusRange> value) {
          return value.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
      };

  public static final Kind<String> PATTERN =
      new Kind<>("regular expression") {
        @Override
        String value(String text, Section section) throws ConfigException {
          return CheckTarget.pattern(text);
        }
      };

  /** Headers of a request, of which the names alone are shown: values may be secret. */
  public static final Kind<Map<String, String>> HEADERS =
      new Kind<>("as `environment`") {
        @Override
        Map<String, String> value(String text, Section section) throws ConfigException {
          return CheckTarget.headers(KeyValuePairs.parse(text));
        }

        @Override
        Object json(Map<String, String> value) {
          return List.copyOf(value.keySet());
        }

        @Override
        String text(Map<String, String> value) {
          return String.join(",", value.keySet());
        }
      };

  /** A size in bytes; one beyond the range of a {@code long} becomes the nearest within. */
  public static final Kind<Long> BYTES =
      new Kind<>("bytes", "a number of bytes such as 50MB") {
        @Override
        Long value(String text, Section section) throws ConfigException {
          return Conversions.bytes(text);
        }
      };

  public static final Kind<Integer> OCTAL =
      new Kind<>("octal") {
        @Override
        Integer value(String text, Section section) throws ConfigException {
          return Conversions.octal(text);
        }

        @Override
        String text(Integer value) {
          return "%03o".formatted(value);
        }
      };

  public static final Kind<Integer> PORT =
      new Kind<>("number") {
        @Override
        Integer value(String text, Section section) throws ConfigException {
          return Conversions.port(text);
        }
      };

  /** Signals that are sent one after the other. */
  public static final Kind<List<Integer>> SIGNALS =
      new Kind<>("signals, commas between") {
        @Override
        List<Integer> value(String text, Section section) throws ConfigException {
          return Conversions.signals(text);
        }

        @Override
        Object json(List<Integer> value) {
          return value.size() == 1 ? value.get(0) : value;
        }

        @Override
        String text(List<Integer> value) {
          return value.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
      };

  /** A time with its unit; a bare number is of seconds. */
  public static final Kind<Duration> TIME =
      new Kind<>("time", "a time such as 30s, 5m or 24h") {
        @Override
        Duration value(String text, Section section) throws ConfigException {
          return Intervals.parse(WhiteSpace.strip(text));
        }

        @Override
        Object json(Duration value) {
          return Intervals.text(value);
        }

        @Override
        String text(Duration value) {
          return Intervals.text(value);
        }
      };

  public static final Kind<Long> MEMORY =
      new Kind<>("bytes", "a number of bytes above 0 such as 500MB") {
        @Override
        Long value(String text, Section section) throws ConfigException {
          long bytes = Conversions.bytes(text);
          if (bytes <= 0) {
            throw new ConfigException("it has to be more than 0");
          }
          return bytes;
        }
      };

  public static final Kind<List<Dependency>> DEPENDENCIES =
      new Listed<>("programs, commas between", "a list of programs such as db:ready, cache") {
        @Override
        Dependency item(String text) throws ConfigException {
          return Dependency.parse(text);
        }
      };

  public static final Kind<List<ProcessSelector>> PROCESSES =
      new Listed<>("programs, commas between", "a list of programs such as db, cache") {
        @Override
        ProcessSelector item(String text) throws ConfigException {
          return ProcessSelector.parse(text);
        }
      };

  public static final Kind<List<ExitRule>> EXIT_RULES =
      new Listed<>("`program:end`, commas between", "a list such as web:fatal, all:exited") {
        @Override
        ExitRule item(String text) throws ConfigException {
          return ExitRule.parse(text);
        }
      };

  public static final Kind<Backoff> BACKOFF =
      new Shown<>("", "a pause such as exponential 1s 60s jitter 20%") {
        @Override
        Backoff value(String text, Section section) throws ConfigException {
          return Backoff.parse(text);
        }

        @Override
        String beforeExpansion(String raw) {
          return Backoff.withPlainPercent(raw);
        }
      };

  public static final Kind<StartLimit> START_LIMIT =
      new Shown<>("`number in time`", "a limit such as 5 in 60s") {
        @Override
        StartLimit value(String text, Section section) throws ConfigException {
          return StartLimit.parse(text);
        }
      };

  public static final Kind<MaxAge> MAX_AGE =
      new Shown<>("time", "an age such as 24h, or 24h jitter 10%") {
        @Override
        MaxAge value(String text, Section section) throws ConfigException {
          return MaxAge.parse(text);
        }

        @Override
        String beforeExpansion(String raw) {
          return Backoff.withPlainPercent(raw);
        }
      };

  public static final Kind<List<Integer>> EXIT_CODES =
      new Kind<>("numbers, commas between") {
        @Override
        List<Integer> value(String text, Section section) throws ConfigException {
          return Conversions.exitCodes(text);
        }

        @Override
        String text(List<Integer> value) {
          return value.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
      };

  public static final Kind<List<String>> NAMES =
      new Kind<>("names, commas between") {
        @Override
        List<String> value(String text, Section section) {
          return Conversions.list(text);
        }

        @Override
        String text(List<String> value) {
          return String.join(",", value);
        }
      };

  public static final Kind<Autorestart> AUTORESTART =
      new Kind<>("") {
        @Override
        Autorestart value(String text, Section section) throws ConfigException {
          return Conversions.autorestart(text);
        }

        @Override
        Object json(Autorestart value) {
          return autorestart(value);
        }

        @Override
        String text(Autorestart value) {
          return value.name().toLowerCase(Locale.ROOT);
        }
      };

  public static final Kind<LogLevel> LOG_LEVEL =
      new Kind<>("") {
        @Override
        LogLevel value(String text, Section section) throws ConfigException {
          return Conversions.logLevel(text);
        }

        @Override
        Object json(LogLevel value) {
          return value.number();
        }
      };

  public static final Kind<Role> ROLE =
      new Kind<>("") {
        @Override
        Role value(String text, Section section) throws ConfigException {
          return Role.named(text);
        }

        @Override
        Object json(Role value) {
          return value.lowerCase();
        }

        @Override
        String text(Role value) {
          return value.lowerCase();
        }
      };

  /** A file whose directory must be there; the path stays as it is written. */
  public static final Kind<String> FILE =
      new Kind<>("path") {
        @Override
        String value(String text, Section section) throws ConfigException {
          return section.paths().file(text);
        }
      };

  /** A directory that must be there; the path stays as it is written. */
  public static final Kind<String> DIRECTORY =
      new Kind<>("path") {
        @Override
        String value(String text, Section section) throws ConfigException {
          return section.paths().directory(text);
        }
      };

  /** A path made absolute; nothing need be there. */
  public static final Kind<String> PATH =
      new Kind<>("path") {
        @Override
        String value(String text, Section section) throws ConfigException {
          return section.paths().normalize(text);
        }
      };

  /** Where supervisord logs: only {@code syslog} as it stands is the system's log. */
  public static final Kind<LogDestination> ACTIVITY_LOG =
      new Kind<>("path") {
        @Override
        LogDestination value(String text, Section section) throws ConfigException {
          return text.equals("syslog")
              ? new LogDestination.Syslog()
              : new LogDestination.File(section.paths().normalize(section.paths().file(text)));
        }

        @Override
        Object json(LogDestination value) {
          return destination(value);
        }

        @Override
        String text(LogDestination value) {
          return destinationText(value);
        }
      };

  public static final Kind<Map<String, String>> ENVIRONMENT =
      new Kind<>("variables") {
        @Override
        Map<String, String> value(String text, Section section) throws ConfigException {
          return KeyValuePairs.parse(text);
        }

        @Override
        String text(Map<String, String> value) {
          return String.join(",", value.keySet());
        }
      };

  public static final Kind<UserId> USER =
      new Kind<>("user") {
        @Override
        UserId value(String text, Section section) throws ConfigException {
          return section.owners().user(text);
        }

        @Override
        Object json(UserId value) {
          return id(value.name(), value.uid());
        }

        @Override
        String text(UserId value) {
          return value.name();
        }

        @Override
        Optional<String> jsonName() {
          return Optional.of("uid");
        }
      };

  public static final Kind<SocketOwner> OWNER =
      new Kind<>("`user` or `user:group`") {
        @Override
        SocketOwner value(String text, Section section) throws ConfigException {
          return section.owners().owner(text);
        }

        @Override
        Object json(SocketOwner value) {
          return owner(value);
        }
      };

  public static final Kind<List<HttpServerConfig.Peer>> PEERS =
      new Kind<>("`account:role`, commas between") {
        @Override
        List<HttpServerConfig.Peer> value(String text, Section section) throws ConfigException {
          return ServerSections.peers(text, section);
        }

        @Override
        Object json(List<HttpServerConfig.Peer> value) {
          return value.stream().map(Kind::peer).toList();
        }
      };

  /** One whose values are shown as they are written. */
  private abstract static class Shown<T> extends Kind<T> {
    Shown(String label, String wanted) {
      super(label, wanted);
    }

    @Override
    Object json(T value) {
      return value.toString();
    }
  }

  /** Several, commas between; none of an empty text. */
  private abstract static class Listed<T> extends Kind<List<T>> {
    Listed(String label, String wanted) {
      super(label, wanted);
    }

    abstract T item(String text) throws ConfigException;

    @Override
    List<T> value(String text, Section section) throws ConfigException {
      List<T> items = new ArrayList<>();
      for (String item : Conversions.list(WhiteSpace.strip(text))) {
        items.add(item(item));
      }
      return List.copyOf(items);
    }

    @Override
    Object json(List<T> value) {
      return value.stream().map(Object::toString).toList();
    }

    @Override
    String text(List<T> value) {
      return value.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
  }

  private final String label;
  private final Optional<String> wanted;

  private Kind(String label) {
    this(label, Optional.empty());
  }

  /** One where what cannot be read is said not to be what is wanted. */
  private Kind(String label, String wanted) {
    this(label, Optional.of(wanted));
  }

  private Kind(String label, Optional<String> wanted) {
    this.label = requireNonNull(label);
    this.wanted = requireNonNull(wanted);
  }

  /**
   * Where the output of a program goes. The name is expanded a second time, as Supervisor does: a
   * percent sign needs to be written {@code %%%%}.
   *
   * @param key the option, which what is wrong is said to be the value of
   */
  static Kind<LogDestination> programLog(String key) {
    return new Kind<>("path") {
      @Override
      LogDestination value(String text, Section section) throws ConfigException {
        return namedLog(section.expansions().expand(text, key), section);
      }

      @Override
      Object json(LogDestination value) {
        return destination(value);
      }

      @Override
      String text(LogDestination value) {
        return destinationText(value);
      }
    };
  }

  private static LogDestination namedLog(String name, Section section) throws ConfigException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "none", "off" -> new LogDestination.None();
      case "auto" -> new LogDestination.Auto();
      case "syslog" -> new LogDestination.Syslog();
      default -> new LogDestination.File(section.paths().file(name));
    };
  }

  /** The same under another name for people. */
  Kind<T> as(String other) {
    return new Variant<>(this, other, Optional.empty());
  }

  /** The same, where what cannot be read is refused with those words and the value. */
  Kind<T> refusedAs(String words) {
    return new Variant<>(this, label, Optional.of(words));
  }

  /** Another kind but for its name, or for what is said of a mistake. */
  private static final class Variant<T> extends Kind<T> {
    private final Kind<T> kind;
    private final Optional<String> refusal;

    Variant(Kind<T> kind, String label, Optional<String> refusal) {
      super(label, kind.wanted());
      this.kind = kind;
      this.refusal = refusal;
    }

    @Override
    T value(String text, Section section) throws ConfigException {
      try {
        return kind.value(text, section);
      } catch (ConfigException e) {
        throw refusal.isPresent() ? new ConfigException(refusal.get() + " " + text, e) : e;
      }
    }

    @Override
    Optional<String> jsonName() {
      return kind.jsonName();
    }

    @Override
    Object json(T value) {
      return kind.json(value);
    }

    @Override
    String text(T value) {
      return kind.text(value);
    }
  }

  /** Its name for people, in Markdown; empty where an option's meaning lists the values. */
  public final String label() {
    return label;
  }

  /** What a value has to be, where Supervisor's words for a mistake do not name the option. */
  final Optional<String> wanted() {
    return wanted;
  }

  /** What stands in the file, in the form in which it can be expanded. */
  String beforeExpansion(String raw) {
    return raw;
  }

  /** The name of its values in a JSON document, if it is not the option's. */
  Optional<String> jsonName() {
    return Optional.empty();
  }

  /**
   * The value that a text stands for.
   *
   * @param text expanded
   * @param section where it stands
   */
  abstract T value(String text, Section section) throws ConfigException;

  /** A value as JSON has it: null, a boolean, number or text, or lists and maps of them. */
  Object json(T value) {
    return value;
  }

  /** A value about as a file would have it; of variables, the names alone. */
  String text(T value) {
    return String.valueOf(value);
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
