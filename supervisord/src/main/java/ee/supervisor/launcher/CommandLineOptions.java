package ee.supervisor.launcher;

import ee.supervisor.config.Overrides;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The options of supervisord, as given. */
@Command(
    name = "supervisord",
    synopsisHeading = "Usage: ",
    customSynopsis = "supervisord [options]",
    description = "%nRuns programs, keeps them running, and lets you control them.%n",
    sortOptions = false)
final class CommandLineOptions {
  @Option(
      names = {"-c", "--configuration"},
      paramLabel = "FILE",
      description = "The configuration file; searched for in the usual places if not given.")
  private String configuration;

  @Option(
      names = {"-n", "--nodaemon"},
      description = "Stay in the foreground.")
  private boolean nodaemon;

  @Option(
      names = {"-s", "--silent"},
      description = "Log nothing to the terminal.")
  private boolean silent;

  @Option(
      names = {"-h", "-?", "--help"},
      description = "Show this text and exit.")
  private boolean help;

  @Option(
      names = {"-v", "--version"},
      description = "Show the release of Supervisor this one matches and exit.")
  private boolean version;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Become that user (a name or a number) before anything is started.")
  private String user;

  @Option(
      names = {"-m", "--umask"},
      paramLabel = "MASK",
      description = "The daemon's umask, in octal; 022 if not given.")
  private String umask;

  @Option(
      names = {"-d", "--directory"},
      paramLabel = "DIR",
      description = "Where the daemon changes to.")
  private String directory;

  @Option(
      names = {"-l", "--logfile"},
      paramLabel = "FILE",
      description = "The activity log.")
  private String logfile;

  @Option(
      names = {"-y", "--logfile_maxbytes"},
      paramLabel = "BYTES",
      description = "Size at which the activity log is rotated, such as 50MB; 0 for never.")
  private String logfileMaxbytes;

  @Option(
      names = {"-z", "--logfile_backups"},
      paramLabel = "N",
      description = "How many rotated activity logs are kept.")
  private String logfileBackups;

  @Option(
      names = {"-e", "--loglevel"},
      paramLabel = "LEVEL",
      description = "Least that is logged: critical, error, warn, info, debug, trace or blather.")
  private String loglevel;

  @Option(
      names = {"-j", "--pidfile"},
      paramLabel = "FILE",
      description = "Where the process id is written.")
  private String pidfile;

  @Option(
      names = {"-i", "--identifier"},
      paramLabel = "NAME",
      description = "What this supervisord calls itself.")
  private String identifier;

  @Option(
      names = {"-q", "--childlogdir"},
      paramLabel = "DIR",
      description = "Where logs of programs go that name no file.")
  private String childlogdir;

  @Option(
      names = {"-k", "--nocleanup"},
      description = "Leave such logs of earlier runs alone.")
  private boolean nocleanup;

  @Option(
      names = {"-a", "--minfds"},
      paramLabel = "N",
      description = "Open files that must be allowed, or nothing is started.")
  private String minfds;

  @Option(
      names = {"-t", "--strip_ansi"},
      description = "Take colours and the like out of what programs write.")
  private boolean stripAnsi;

  @Option(
      names = {"--minprocs"},
      paramLabel = "N",
      description = "Processes that must be allowed, or nothing is started.")
  private String minprocs;

  @Option(
      names = {"--profile_options"},
      paramLabel = "LIST",
      description = "Accepted and without effect: for a profile, attach a profiler to the JVM.")
  @SuppressWarnings("UnusedVariable")
  private String profileOptions;

  @Option(
      names = {"--check"},
      description = "Print the configuration as it is understood, as JSON, and start nothing.")
  private boolean check;

  @Parameters(hidden = true)
  private List<String> positional = List.of();

  private CommandLineOptions() {}

  /**
   * Reads the arguments.
   *
   * @throws UsageException in Supervisor's words when they cannot be understood
   */
  static CommandLineOptions parse(String... args) throws UsageException {
    CommandLineOptions options = new CommandLineOptions();
    CommandLine parser = new CommandLine(options);
    parser.setAbbreviatedOptionsAllowed(true);
    parser.setUnmatchedOptionsArePositionalParams(false);
    try {
      parser.parseArgs(args);
    } catch (OverwrittenOptionException e) {
      throw new UsageException(
          "conflicting command line option '%s'".formatted(given(e.getOverwritten(), args)), e);
    } catch (MissingParameterException e) {
      throw new UsageException(
          "option %s requires argument".formatted(given(e.getMissing().get(0), args)), e);
    } catch (CommandLine.UnmatchedArgumentException e) {
      throw new UsageException(
          "option %s not recognized".formatted(withoutValue(e.getUnmatched().get(0))), e);
    } catch (ParameterException e) {
      throw new UsageException(e.getMessage(), e);
    }
    if (!options.positional.isEmpty()) {
      throw new UsageException(
          "positional arguments are not supported: "
              + options.positional.stream()
                  .map(word -> "'" + word + "'")
                  .collect(Collectors.joining(", ", "[", "]")));
    }
    return options;
  }

  /** The name under which an option stands in {@code args}; its first name if none does. */
  private static String given(ArgSpec argument, String... args) {
    List<String> names =
        argument instanceof OptionSpec option ? List.of(option.names()) : List.of();
    for (String arg : args) {
      if (names.contains(withoutValue(arg))) {
        return withoutValue(arg);
      }
    }
    return names.isEmpty() ? argument.paramLabel() : names.get(0);
  }

  private static String withoutValue(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }

  Optional<String> configuration() {
    return Optional.ofNullable(configuration);
  }

  boolean help() {
    return help;
  }

  boolean version() {
    return version;
  }

  boolean check() {
    return check;
  }

  /** What {@code --help} prints. */
  static String helpText() {
    return new CommandLine(new CommandLineOptions()).getUsageMessage();
  }

  /** The options that win over the configuration file. */
  Overrides overrides() {
    return new Overrides(
        nodaemon,
        silent,
        nocleanup,
        stripAnsi,
        Optional.ofNullable(user),
        Optional.ofNullable(umask),
        Optional.ofNullable(directory),
        Optional.ofNullable(logfile),
        Optional.ofNullable(logfileMaxbytes),
        Optional.ofNullable(logfileBackups),
        Optional.ofNullable(loglevel),
        Optional.ofNullable(pidfile),
        Optional.ofNullable(identifier),
        Optional.ofNullable(childlogdir),
        Optional.ofNullable(minfds),
        Optional.ofNullable(minprocs));
  }
}
