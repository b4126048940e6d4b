package ee.supervisor.launcher;

import ee.supervisor.config.Overrides;
import ee.supervisor.ctl.config.Getopt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The options of supervisord, as given. */
final class CommandLineOptions {
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

  private final Map<String, String> given;

  private CommandLineOptions(Map<String, String> given) {
    this.given = given;
  }

  /**
   * Reads the arguments.
   *
   * @throws UsageException in Supervisor's words when they cannot be understood
   */
  static CommandLineOptions parse(String... args) throws UsageException {
    Getopt getopt;
    try {
      getopt = new Getopt(LETTERS, NAMES).parse(args);
    } catch (ee.supervisor.ctl.config.UsageException e) {
      throw new UsageException(e.getMessage(), e);
    }
    if (!getopt.rest().isEmpty()) {
      throw new UsageException(
          "positional arguments are not supported: "
              + getopt.rest().stream()
                  .map(word -> "'" + word + "'")
                  .collect(Collectors.joining(", ", "[", "]")));
    }
    return new CommandLineOptions(getopt.options());
  }

  private Optional<String> value(String letter, String name) {
    return Optional.ofNullable(given.getOrDefault(letter, given.get(name)));
  }

  private boolean has(String letter, String name) {
    return given.containsKey(letter) || given.containsKey(name);
  }

  Optional<String> configuration() {
    return value("-c", "--configuration");
  }

  boolean help() {
    return has("-h", "--help") || given.containsKey("-?");
  }

  boolean version() {
    return has("-v", "--version");
  }

  boolean check() {
    return given.containsKey("--check");
  }

  /** What {@code --help} prints. */
  static String helpText() {
    try (InputStream text = CommandLineOptions.class.getResourceAsStream("help.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options that win over the configuration file. */
  Overrides overrides() {
    return new Overrides(
        has("-n", "--nodaemon"),
        has("-s", "--silent"),
        has("-k", "--nocleanup"),
        has("-t", "--strip_ansi"),
        value("-u", "--user"),
        value("-m", "--umask"),
        value("-d", "--directory"),
        value("-l", "--logfile"),
        value("-y", "--logfile_maxbytes"),
        value("-z", "--logfile_backups"),
        value("-e", "--loglevel"),
        value("-j", "--pidfile"),
        value("-i", "--identifier"),
        value("-q", "--childlogdir"),
        value("-a", "--minfds"),
        value("--minprocs", "--minprocs"));
  }
}
