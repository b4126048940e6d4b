package ee.supervisor.config;

import ee.supervisor.posix.Signals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a {@code [program:x]}, {@code [fcgi-program:x]} or {@code [eventlistener:x]} section into
 * its {@code numprocs} processes. Options are read in Supervisor's order, so that of several
 * mistakes the same one is told.
 */
final class ProgramSection {
  private static final int DEFAULT_PRIORITY = 999;

  private final Reading reading;
  private final String name;
  private final String groupName;

  private ProgramSection(Reading reading, String name, String groupName) {
    this.reading = reading;
    this.name = name;
    this.groupName = groupName;
  }

  /**
   * The processes of a section, by priority, then name.
   *
   * @param name the whole header
   * @param groupName the group the processes are in
   */
  static List<ProcessConfig> read(Reading reading, String name, String groupName)
      throws ConfigException {
    try {
      return new ProgramSection(reading, name, groupName).processes();
    } catch (ConfigException e) {
      throw reading.section(name).locate(e);
    }
  }

  /** What all processes of the section have in common. */
  private record Common(
      int priority,
      boolean autostart,
      Autorestart autorestart,
      int startsecs,
      int startretries,
      int stopsignal,
      int stopwaitsecs,
      boolean stopasgroup,
      boolean killasgroup,
      List<Integer> exitcodes,
      boolean redirectStderr,
      int numprocs,
      int numprocsStart,
      String environment,
      Capture stdout,
      Capture stderr,
      Optional<String> serverurl,
      Optional<UserId> user,
      int umask,
      String processName) {}

  private record Capture(long maxbytes, boolean eventsEnabled) {}

  private List<ProcessConfig> processes() throws ConfigException {
    String programName = Conversions.name(reading.section(name).label().orElse(""));
    Section section =
        reading
            .sectionWithHere(name)
            .with(
                reading
                    .environment()
                    .with("here", reading.here())
                    .with("program_name", programName)
                    .with("host_node_name", reading.surroundings().hostName())
                    .with("group_name", groupName));
    Common common = common(section);
    check(common);
    List<ProcessConfig> processes = new ArrayList<>();
    for (int i = 0; i < common.numprocs(); i++) {
      Expansions expansions =
          section
              .expansions()
              .with("process_num", common.numprocsStart() + i)
              .with("numprocs", common.numprocs());
      processes.add(process(section.with(expansions), common));
    }
    processes.sort(
        Comparator.comparingInt(ProcessConfig::priority).thenComparing(ProcessConfig::name));
    return processes;
  }

  private Common common(Section section) throws ConfigException {
    int priority = section.integer("priority", DEFAULT_PRIORITY);
    boolean autostart = section.bool("autostart", true);
    Autorestart autorestart =
        section.value("autorestart", Autorestart.UNEXPECTED, Conversions::autorestart);
    int startsecs = section.integer("startsecs", 1);
    int startretries = section.integer("startretries", 3);
    int stopsignal = section.value("stopsignal", Signals.SIGTERM, Conversions::signal);
    int stopwaitsecs = section.integer("stopwaitsecs", 10);
    boolean stopasgroup = section.bool("stopasgroup", false);
    boolean killasgroup = section.bool("killasgroup", stopasgroup);
    List<Integer> exitcodes = section.value("exitcodes", List.of(0), Conversions::exitCodes);
    boolean redirectStderr = section.bool("redirect_stderr", false);
    int numprocs = section.integer("numprocs", 1);
    int numprocsStart = section.integer("numprocs_start", 0);
    String environment = section.raw("environment").orElse("");
    Capture stdout = capture(section, "stdout");
    Capture stderr = capture(section, "stderr");
    Optional<String> serverurl = section.text("serverurl").filter(url -> !isAutomatic(url));
    Optional<UserId> user = section.value("user", reading.owners()::user);
    int umask = section.value("umask", -1, Conversions::octal);
    String processName = Conversions.name(section.raw("process_name").orElse("%(program_name)s"));
    return new Common(
        priority,
        autostart,
        autorestart,
        startsecs,
        startretries,
        stopsignal,
        stopwaitsecs,
        stopasgroup,
        killasgroup,
        exitcodes,
        redirectStderr,
        numprocs,
        numprocsStart,
        environment,
        stdout,
        stderr,
        serverurl,
        user,
        umask,
        processName);
  }

  private static boolean isAutomatic(String serverurl) {
    return WhiteSpace.strip(serverurl).toUpperCase(Locale.ROOT).equals("AUTO");
  }

  private static Capture capture(Section section, String channel) throws ConfigException {
    long maxbytes = section.byteSize(channel + "_capture_maxbytes", 0);
    return new Capture(maxbytes, section.bool(channel + "_events_enabled", false));
  }

  private static void check(Common common) throws ConfigException {
    if (common.numprocs() > 1 && !common.processName().contains("%(process_num)")) {
      throw new ConfigException(
          "%(process_num) must be present within process_name when numprocs > 1");
    }
    if (common.stopasgroup() && !common.killasgroup()) {
      throw new ConfigException("Cannot set stopasgroup=true and killasgroup=false");
    }
  }

  private ProcessConfig process(Section numbered, Common common) throws ConfigException {
    Map<String, String> own =
        KeyValuePairs.parse(numbered.expansions().expand(common.environment(), "environment"));
    Section section = numbered.with(numbered.expansions().withEnvironment(own));
    Map<String, String> environment = new LinkedHashMap<>(reading.inherited());
    environment.putAll(own);
    Optional<String> directory = section.text("directory");
    ChannelConfig stdout = channel(section, "stdout", common.stdout());
    ChannelConfig stderr = channel(section, "stderr", common.stderr());
    if (common.redirectStderr()) {
      stderr = redirected(stderr);
    }
    String command =
        section
            .text("command")
            .orElseThrow(
                () ->
                    new ConfigException(
                        "program section %s does not specify a command".formatted(name)));
    return new ProcessConfig(
        section.expansions().expand(common.processName(), "process_name"),
        command,
        directory,
        common.umask(),
        common.priority(),
        common.autostart(),
        common.autorestart(),
        common.startsecs(),
        common.startretries(),
        common.stopsignal(),
        common.stopwaitsecs(),
        common.stopasgroup(),
        common.killasgroup(),
        common.exitcodes(),
        common.user(),
        common.redirectStderr(),
        stdout,
        stderr,
        environment,
        common.serverurl());
  }

  private ChannelConfig channel(Section section, String channel, Capture capture)
      throws ConfigException {
    String logfileKey = channel + "_logfile";
    String syslogKey = channel + "_syslog";
    LogDestination logfile = new LogDestination.Auto();
    Optional<String> named = section.text(logfileKey);
    if (named.isPresent()) {
      // expanded a second time, as Supervisor does: %% needs to be written %%%% here
      logfile = logfile(section.expansions().expand(named.get(), logfileKey));
    }
    int backups = section.integer(channel + "_logfile_backups", 10);
    long maxbytes =
        section.byteSize(channel + "_logfile_maxbytes", SupervisordSection.DEFAULT_LOG_BYTES);
    boolean syslog = section.bool(syslogKey, false);
    if (logfile instanceof LogDestination.Syslog) {
      reading
          .warnings()
          .add(
              "For [%s], %s=syslog but this is deprecated and will be removed.  Use %s=true to enable"
                      .formatted(name, logfileKey, syslogKey)
                  + " syslog instead.");
      logfile = new LogDestination.None();
      syslog = true;
    }
    if (logfile instanceof LogDestination.Auto && maxbytes == 0) {
      reading
          .warnings()
          .add(
              "For [%s], AUTO logging used for %s without rollover, set maxbytes > 0 to avoid filling"
                      .formatted(name, logfileKey)
                  + " up filesystem unintentionally");
    }
    return new ChannelConfig(
        logfile, maxbytes, backups, capture.maxbytes(), capture.eventsEnabled(), syslog);
  }

  private LogDestination logfile(String text) throws ConfigException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none", "off" -> new LogDestination.None();
      case "auto" -> new LogDestination.Auto();
      case "syslog" -> new LogDestination.Syslog();
      default -> new LogDestination.File(reading.paths().file(text));
    };
  }

  /** A stderr that goes into stdout has no log file of its own. */
  private ChannelConfig redirected(ChannelConfig stderr) {
    if (stderr.logfile() instanceof LogDestination.File) {
      reading
          .warnings()
          .add(
              "For [%s], redirect_stderr=true but stderr_logfile has also been set to a filename, the"
                      .formatted(name)
                  + " filename has been ignored");
    }
    return new ChannelConfig(
        new LogDestination.None(),
        stderr.maxbytes(),
        stderr.backups(),
        stderr.captureMaxbytes(),
        stderr.eventsEnabled(),
        stderr.syslog());
  }
}
