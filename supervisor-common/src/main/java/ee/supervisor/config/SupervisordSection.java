package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code [supervisord]} section, with what the command line sets instead. */
final class SupervisordSection {
  /** 50MB, the default of every {@code *logfile_maxbytes}. */
  static final long DEFAULT_LOG_BYTES = 50L * 1024 * 1024;

  private static final int DEFAULT_UMASK = 0022;

  private final Section section;
  private final Surroundings surroundings;
  private final PosixPaths paths;

  /**
   * @param section in which the environment and {@code here} may be named
   */
  SupervisordSection(Section section, Surroundings surroundings) {
    this.section = section;
    this.surroundings = surroundings;
    this.paths = new PosixPaths(surroundings);
  }

  /**
   * The section as the file has it; its user is not looked up, its pidfile is not made absolute and
   * no server is known: {@link #complete} does that.
   */
  SupervisordConfig read() throws ConfigException {
    long minfds = section.integer("minfds", 1024);
    long minprocs = section.integer("minprocs", 200);
    Optional<String> directory = section.value("directory", paths::directory);
    Optional<String> user = section.text("user");
    int umask = section.value("umask", DEFAULT_UMASK, Conversions::octal);
    Log log = log();
    String pidfile = paths.file(section.text("pidfile", "supervisord.pid"));
    String identifier = section.text("identifier", "supervisor");
    boolean nodaemon = section.bool("nodaemon", false);
    boolean silent = section.bool("silent", false);
    String childlogdir =
        paths.directory(section.text("childlogdir", surroundings.temporaryDirectory()));
    boolean nocleanup = section.bool("nocleanup", false);
    boolean stripAnsi = section.bool("strip_ansi", false);
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
        environment());
  }

  /** Whether what clients change is told in the activity log; empty where it is not said. */
  Optional<Boolean> audit() throws ConfigException {
    try {
      return section.value("audit", Conversions::bool);
    } catch (ConfigException e) {
      throw section.locate(
          new ConfigException(
              "audit=%s is neither true nor false".formatted(section.text("audit", "")), e));
    }
  }

  private record Log(LogDestination file, long maxbytes, long backups, LogLevel level) {}

  private Log log() throws ConfigException {
    String file = paths.file(section.text("logfile", "supervisord.log"));
    long maxbytes = section.byteSize("logfile_maxbytes", DEFAULT_LOG_BYTES);
    long backups = section.integer("logfile_backups", 10);
    LogLevel level = section.value("loglevel", LogLevel.INFO, Conversions::logLevel);
    return new Log(logfile(file), maxbytes, backups, level);
  }

  private Map<String, String> environment() throws ConfigException {
    String expanded = section.text("environment", "");
    // expanded a second time, as Supervisor does: %% needs to be written %%%% here
    String twice =
        section
            .expansions()
            .with("host_node_name", surroundings.hostName())
            .expand(expanded, "environment");
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
        user.isEmpty()
            ? Optional.empty()
            : Optional.of(new Owners(surroundings.users()).user(user.get())),
        chosen(given, "-m", given.umask(), Conversions::octal, file.umask()),
        chosen(given, "-d", given.directory(), this::optionalDirectory, file.directory()),
        chosen(given, "-l", given.logfile(), text -> logfile(paths.file(text)), file.logfile()),
        chosen(given, "-y", given.logfileMaxbytes(), Conversions::bytes, file.logfileMaxbytes()),
        chosen(
            given, "-z", given.logfileBackups(), Conversions::wholeNumber, file.logfileBackups()),
        chosen(given, "-e", given.loglevel(), Conversions::logLevel, file.loglevel()),
        paths.normalize(chosen(given, "-j", given.pidfile(), paths::file, file.pidfile())),
        given.identifier().orElse(file.identifier()),
        chosen(given, "-q", given.childlogdir(), paths::directory, file.childlogdir()),
        chosen(given, "-a", given.minfds(), Conversions::wholeNumber, file.minfds()),
        chosen(given, "--minprocs", given.minprocs(), Conversions::wholeNumber, file.minprocs()),
        given.nocleanup() || file.nocleanup(),
        given.stripAnsi() || file.stripAnsi(),
        serverurl(servers),
        file.environment());
  }

  private static <T> T chosen(
      Overrides given,
      String option,
      Optional<String> value,
      Section.Conversion<T> conversion,
      T fromFile)
      throws ConfigException {
    if (value.isEmpty()) {
      return fromFile;
    }
    try {
      return conversion.of(value.get());
    } catch (ConfigException e) {
      String spelled = given.spelling().getOrDefault(option, option);
      throw new ConfigException(
          "invalid value for %s %s: %s".formatted(spelled, repr(value.get()), e.getMessage()), e);
    }
  }

  private Optional<String> optionalDirectory(String text) throws ConfigException {
    return Optional.of(paths.directory(text));
  }

  /** Only {@code syslog} as it stands is the system's log; {@code SYSLOG} is a file. */
  private LogDestination logfile(String text) throws ConfigException {
    return text.equals("syslog")
        ? new LogDestination.Syslog()
        : new LogDestination.File(paths.normalize(text));
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
