package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code [supervisord]} section, with what the command line sets instead. */
final class SupervisordSection {
  private final Section section;
  private final PosixPaths paths;

  /**
   * @param section in which the environment and {@code here} may be named
   */
  SupervisordSection(Section section) {
    this.section = section;
    this.paths = section.paths();
  }

  /**
   * The section as the file has it; its user is not looked up, its pidfile is not made absolute and
   * no server is known: {@link #complete} does that.
   */
  SupervisordConfig read() throws ConfigException {
    long minfds = section.get(Options.MINFDS);
    long minprocs = section.get(Options.MINPROCS);
    Optional<String> directory = section.given(Options.SUPERVISORD_DIRECTORY);
    Optional<String> user = section.text(Options.SUPERVISORD_USER);
    int umask = section.get(Options.SUPERVISORD_UMASK);
    Log log = log();
    String pidfile = section.get(Options.PIDFILE);
    String identifier = section.get(Options.IDENTIFIER);
    boolean nodaemon = section.get(Options.NODAEMON);
    boolean silent = section.get(Options.SILENT);
    String childlogdir =
        paths.directory(
            section.text(Options.CHILDLOGDIR).orElse(section.host().temporaryDirectory()));
    boolean nocleanup = section.get(Options.NOCLEANUP);
    boolean stripAnsi = section.get(Options.STRIP_ANSI);
    return new SupervisordConfig(
        nodaemon,
        silent,
        user.map(name -> new UserId(name, -1, -1)),
        umask,
        directory,
        log.file(),
        log.maxbytes(),
        log.backups(),
        log.level(),
        pidfile,
        identifier,
        childlogdir,
        minfds,
        minprocs,
        nocleanup,
        stripAnsi,
        Optional.empty(),
        environment(),
        section.given(Options.EXIT_ON).orElse(List.of()));
  }

  /** Who may do what, and where it is recorded. */
  AccessConfig access(Users users) throws ConfigException {
    return new AccessConfig(
        users,
        given(Options.AUDIT, "is neither true nor false"),
        given(Options.AUDIT_LOGFILE, "is in no directory that is there"),
        given(Options.MCP, "is neither viewer nor operator"));
  }

  /**
   * Where metrics and events are sent.
   *
   * @param warnings takes what is set in vain
   */
  Optional<OtlpConfig> otlp(List<String> warnings) throws ConfigException {
    return OtlpOptions.read(section, warnings);
  }

  /** The value of an option that Supervisor does not have; empty where it is not set. */
  private <T> Optional<T> given(Option<SupervisordConfig, T> option, String whatIsWrong)
      throws ConfigException {
    try {
      return section.given(option);
    } catch (ConfigException e) {
      throw section.locate(
          new ConfigException(
              "%s=%s %s".formatted(option.name(), section.text(option).orElse(""), whatIsWrong),
              e));
    }
  }

  private record Log(LogDestination file, long maxbytes, long backups, LogLevel level) {}

  private Log log() throws ConfigException {
    LogDestination file = section.get(Options.LOGFILE);
    long maxbytes = section.get(Options.LOGFILE_MAXBYTES);
    long backups = section.get(Options.LOGFILE_BACKUPS);
    LogLevel level = section.get(Options.LOGLEVEL);
    return new Log(file, maxbytes, backups, level);
  }

  private Map<String, String> environment() throws ConfigException {
    String expanded = section.text(Options.SUPERVISORD_ENVIRONMENT).orElse("");
    // expanded a second time, as Supervisor does: %% needs to be written %%%% here
    String twice =
        section
            .expansions()
            .with("host_node_name", section.host().hostName())
            .expand(expanded, Options.SUPERVISORD_ENVIRONMENT.name());
    return KeyValuePairs.parse(twice);
  }

  /**
   * What supervisord runs with: the section as {@link #read}, options of the command line in its
   * place where they are given, the user looked up, paths absolute, the server's URL known.
   *
   * @param servers the servers that are configured
   */
  SupervisordConfig complete(
      SupervisordConfig file, Overrides given, List<HttpServerConfig> servers)
      throws ConfigException {
    Optional<String> user = given.user().or(() -> file.user().map(UserId::name));
    return new SupervisordConfig(
        given.nodaemon() || file.nodaemon(),
        given.silent() || file.silent(),
        user.isEmpty() ? Optional.empty() : Optional.of(section.owners().user(user.get())),
        chosen(given, Options.SUPERVISORD_UMASK, given.umask()).orElse(file.umask()),
        chosen(given, Options.SUPERVISORD_DIRECTORY, given.directory()).or(file::directory),
        chosen(given, Options.LOGFILE, given.logfile()).orElse(file.logfile()),
        chosen(given, Options.LOGFILE_MAXBYTES, given.logfileMaxbytes())
            .orElse(file.logfileMaxbytes()),
        chosen(given, Options.LOGFILE_BACKUPS, given.logfileBackups())
            .orElse(file.logfileBackups()),
        chosen(given, Options.LOGLEVEL, given.loglevel()).orElse(file.loglevel()),
        paths.normalize(chosen(given, Options.PIDFILE, given.pidfile()).orElse(file.pidfile())),
        given.identifier().orElse(file.identifier()),
        chosen(given, Options.CHILDLOGDIR, given.childlogdir()).orElse(file.childlogdir()),
        chosen(given, Options.MINFDS, given.minfds()).orElse(file.minfds()),
        chosen(given, Options.MINPROCS, given.minprocs()).orElse(file.minprocs()),
        given.nocleanup() || file.nocleanup(),
        given.stripAnsi() || file.stripAnsi(),
        serverurl(servers),
        file.environment(),
        file.exitOn());
  }

  /** What the command line says of an option, if it does. */
  private <T> Optional<T> chosen(
      Overrides given, Option<SupervisordConfig, T> option, Optional<String> text)
      throws ConfigException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(option.kind().value(text.get(), section));
    } catch (ConfigException e) {
      String flag = option.flag().orElseThrow();
      String spelled = given.spelling().getOrDefault(flag, flag);
      throw new ConfigException(
          "invalid value for %s %s: %s".formatted(spelled, repr(text.get()), e.getMessage()), e);
    }
  }

  /** The first Unix socket, or else the first TCP port. */
  private static Optional<String> serverurl(List<HttpServerConfig> servers) {
    Optional<String> inet = Optional.empty();
    for (HttpServerConfig server : servers) {
      if (server instanceof HttpServerConfig.Unix unix) {
        return Optional.of("unix://" + unix.file());
      } else if (server instanceof HttpServerConfig.Inet tcp && inet.isEmpty()) {
        inet = Optional.of(tcp.url());
      }
    }
    return inet;
  }
}
