package ee.supervisor.launcher;

import ee.supervisor.config.Overrides;
import ee.supervisor.getopt.Getopt;
import ee.supervisor.getopt.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The options of supervisord, as given. */
final class SupervisordOptions {
  private static final String LETTERS = "h?c:nsvu:m:d:l:y:z:e:j:i:q:ka:t";
  private static final List<String> NAMES =
      List.of(
          "help",
          "configuration=",
          "nodaemon",
          "silent",
          "version",
          "user=",
          "umask=",
          "directory=",
          "logfile=",
          "logfile_maxbytes=",
          "logfile_backups=",
          "loglevel=",
          "pidfile=",
          "identifier=",
          "childlogdir=",
          "nocleanup",
          "minfds=",
          "strip_ansi",
          "minprocs=",
          // accepted and without effect: to profile a JVM, attach a profiler
          "profile_options=",
          "check");

  private static final String IMPORT = "--import";

  private static final Map<String, String> LETTERS_BY_NAME =
      Map.ofEntries(
          Map.entry("--help", "-h"),
          Map.entry("--configuration", "-c"),
          Map.entry("--nodaemon", "-n"),
          Map.entry("--silent", "-s"),
          Map.entry("--version", "-v"),
          Map.entry("--user", "-u"),
          Map.entry("--umask", "-m"),
          Map.entry("--directory", "-d"),
          Map.entry("--logfile", "-l"),
          Map.entry("--logfile_maxbytes", "-y"),
          Map.entry("--logfile_backups", "-z"),
          Map.entry("--loglevel", "-e"),
          Map.entry("--pidfile", "-j"),
          Map.entry("--identifier", "-i"),
          Map.entry("--childlogdir", "-q"),
          Map.entry("--nocleanup", "-k"),
          Map.entry("--minfds", "-a"),
          Map.entry("--strip_ansi", "-t"));

  /** Arguments by the option's letter, or by its name where it has none. */
  private final Map<String, String> given;

  /** How each option was written. */
  private final Map<String, String> spelling;

  private SupervisordOptions(Map<String, String> given, Map<String, String> spelling) {
    this.given = given;
    this.spelling = Map.copyOf(spelling);
  }

  /**
   * Reads the arguments.
   *
   * @throws UsageException in Supervisor's words when they cannot be understood
   */
  static SupervisordOptions parse(String... args) throws UsageException {
    Optional<String> foreign = foreignFile(args);
    if (foreign.isPresent()) {
      return new SupervisordOptions(Map.of(IMPORT, foreign.get()), Map.of());
    }
    Getopt getopt = new Getopt(LETTERS, NAMES).parse(args);
    if (!getopt.rest().isEmpty()) {
      throw new UsageException(
          "positional arguments are not supported: "
              + getopt.rest().stream()
                  .map(word -> "'" + word + "'")
                  .collect(Collectors.joining(", ", "[", "]")));
    }
    return unified(getopt.options());
  }

  /**
   * Kept apart from the other options, since a further name would make an abbreviation of theirs
   * ambiguous that Supervisor takes ({@code --i}).
   */
  private static Optional<String> foreignFile(String... args) throws UsageException {
    if (args.length == 0 || !(args[0].equals(IMPORT) || args[0].startsWith(IMPORT + "="))) {
      return Optional.empty();
    }
    String file = args[0].equals(IMPORT) ? "" : args[0].substring(IMPORT.length() + 1);
    int rest = 1;
    if (file.isEmpty() && args.length > 1) {
      file = args[rest];
      rest++;
    }
    if (file.isEmpty()) {
      throw new UsageException("option --import requires argument");
    } else if (args.length > rest) {
      throw new UsageException("--import takes one file and no other option");
    }
    return Optional.of(file);
  }

  /** One entry for an option however it was written; written in both ways it is given twice. */
  private static SupervisordOptions unified(Map<String, String> written) throws UsageException {
    Map<String, String> given = new LinkedHashMap<>();
    Map<String, String> spelling = new LinkedHashMap<>();
    for (Map.Entry<String, String> option : written.entrySet()) {
      String letter = LETTERS_BY_NAME.getOrDefault(option.getKey(), option.getKey());
      given.put(letter, option.getValue());
      if (spelling.put(letter, option.getKey()) != null && !letter.equals("-h")) {
        throw new UsageException("conflicting command line option '" + option.getKey() + "'");
      }
    }
    return new SupervisordOptions(given, spelling);
  }

  private Optional<String> value(String option) {
    return Optional.ofNullable(given.get(option));
  }

  private boolean has(String option) {
    return given.containsKey(option);
  }

  Optional<String> configuration() {
    return value("-c");
  }

  boolean help() {
    return has("-h") || has("-?");
  }

  boolean version() {
    return has("-v");
  }

  /** A file of another process manager that is to be converted. */
  Optional<String> foreignFile() {
    return value(IMPORT);
  }

  boolean check() {
    return has("--check");
  }

  /** What {@code --help} prints, for a program of this name. */
  static String helpText(String program) {
    try (InputStream text = SupervisordOptions.class.getResourceAsStream("help.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).formatted(program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options that win over the configuration file. */
  Overrides overrides() {
    return new Overrides(
        has("-n"),
        has("-s"),
        has("-k"),
        has("-t"),
        value("-u"),
        value("-m"),
        value("-d"),
        value("-l"),
        value("-y"),
        value("-z"),
        value("-e"),
        value("-j"),
        value("-i"),
        value("-q"),
        value("-a"),
        value("--minprocs"),
        spelling);
  }
}
