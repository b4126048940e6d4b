package ee.supervisor.config;

import ee.supervisor.protocol.Signals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a {@code [program:x]}, {@code [fcgi-program:x]} or {@code [eventlistener:x]} section into
 * its {@code numprocs} processes. Options are read in Supervisor's order, so that of several
 * mistakes the same one is told.
 */
final class ProgramSection {
  private static final int DEFAULT_PRIORITY = 999;
  private static final int DEFAULT_STARTSECS = 1;
  private static final int DEFAULT_STARTRETRIES = 3;
  private static final int DEFAULT_STOPWAITSECS = 10;

  private final Reading reading;
  private final String name;
  private final ChannelKeys stdout;
  private final ChannelKeys stderr;

  private ProgramSection(Reading reading, String name) {
    this.reading = reading;
    this.name = name;
    this.stdout = new ChannelKeys(reading, "stdout");
    this.stderr = new ChannelKeys(reading, "stderr");
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
      return new ProgramSection(reading, name).processes(groupName);
    } catch (ConfigException e) {
      throw reading.section(name).locate(e);
    }
  }

  private record Starting(
      boolean autostart, Autorestart autorestart, long startsecs, long startretries) {}

  private record Stopping(int signal, long waitsecs, boolean asgroup, boolean killasgroup) {}

  private record Numbering(long numprocs, long start, String processName) {}

  /** What all processes of the section have in common. */
  private record Common(
      long priority,
      Starting starting,
      Stopping stopping,
      List<Integer> exitcodes,
      boolean redirectStderr,
      Numbering numbering,
      ChannelKeys.Capture stdout,
      ChannelKeys.Capture stderr,
      Optional<String> serverurl,
      Optional<UserId> user,
      OptionalInt umask) {}

  /** What may differ from process to process. */
  private record Own(
      String name,
      String command,
      Optional<String> directory,
      ChannelConfig stdout,
      ChannelConfig stderr,
      Map<String, String> environment) {}

  private List<ProcessConfig> processes(String groupName) throws ConfigException {
    Section section = reading.section(name);
    Expansions expansions =
        section
            .expansions()
            .with("program_name", Conversions.name(section.label().orElse("")))
            .with("here", reading.here())
            .with("host_node_name", reading.surroundings().hostName())
            .with("group_name", groupName);
    Common common = common(section.with(expansions));
    Numbering numbering = common.numbering();
    List<ProcessConfig> processes = new ArrayList<>();
    for (long i = 0; i < numbering.numprocs(); i++) {
      Expansions numbered =
          expansions
              .with("process_num", numbering.start() + i)
              .with("numprocs", numbering.numprocs());
      processes.add(process(common, own(section.with(numbered), common)));
    }
    processes.sort(
        Comparator.comparingLong(ProcessConfig::priority).thenComparing(ProcessConfig::name));
    return processes;
  }

  private Common common(Section section) throws ConfigException {
    long priority = section.integer("priority", DEFAULT_PRIORITY);
    Starting starting = starting(section);
    Stopping stopping = stopping(section);
    List<Integer> exitcodes = section.value("exitcodes", List.of(0), Conversions::exitCodes);
    boolean redirectStderr = section.bool("redirect_stderr", false);
    long numprocs = section.integer("numprocs", 1);
    long numprocsStart = section.integer("numprocs_start", 0);
    ChannelKeys.Capture ofStdout = stdout.capture(section);
    ChannelKeys.Capture ofStderr = stderr.capture(section);
    Optional<String> serverurl = section.text("serverurl").filter(url -> !isAutomatic(url));
    Optional<UserId> user = section.value("user", reading.owners()::user);
    OptionalInt umask =
        section.value(
            "umask", OptionalInt.empty(), text -> OptionalInt.of(Conversions.octal(text)));
    String processName = Conversions.name(section.raw("process_name").orElse("%(program_name)s"));
    if (numprocs > 1 && !processName.contains("%(process_num)")) {
      throw new ConfigException(
          "%(process_num) must be present within process_name when numprocs > 1");
    }
    if (stopping.asgroup() && !stopping.killasgroup()) {
      throw new ConfigException("Cannot set stopasgroup=true and killasgroup=false");
    }
    return new Common(
        priority,
        starting,
        stopping,
        exitcodes,
        redirectStderr,
        new Numbering(numprocs, numprocsStart, processName),
        ofStdout,
        ofStderr,
        serverurl,
        user,
        umask);
  }

  private static Starting starting(Section section) throws ConfigException {
    boolean autostart = section.bool("autostart", true);
    Autorestart autorestart =
        section.value("autorestart", Autorestart.UNEXPECTED, Conversions::autorestart);
    long startsecs = section.integer("startsecs", DEFAULT_STARTSECS);
    long startretries = section.integer("startretries", DEFAULT_STARTRETRIES);
    return new Starting(autostart, autorestart, startsecs, startretries);
  }

  private static Stopping stopping(Section section) throws ConfigException {
    int signal = section.value("stopsignal", Signals.SIGTERM, Conversions::signal);
    long waitsecs = section.integer("stopwaitsecs", DEFAULT_STOPWAITSECS);
    boolean asgroup = section.bool("stopasgroup", false);
    boolean killasgroup = section.bool("killasgroup", asgroup);
    return new Stopping(signal, waitsecs, asgroup, killasgroup);
  }

  private static boolean isAutomatic(String serverurl) {
    return WhiteSpace.strip(serverurl).toUpperCase(Locale.ROOT).equals("AUTO");
  }

  private Own own(Section numbered, Common common) throws ConfigException {
    String variables = numbered.raw("environment").orElse("");
    Map<String, String> given =
        KeyValuePairs.parse(numbered.expansions().expand(variables, "environment"));
    Section section = numbered.with(numbered.expansions().withEnvironment(given));
    Optional<String> directory = section.text("directory");
    ChannelConfig out = stdout.read(section, common.stdout());
    ChannelConfig err = stderr.read(section, common.stderr());
    if (common.redirectStderr()) {
      err = stderr.redirected(section, err);
    }
    String command =
        section
            .text("command")
            .orElseThrow(
                () ->
                    new ConfigException(
                        "program section %s does not specify a command".formatted(name)));
    Map<String, String> environment = new LinkedHashMap<>(reading.inherited());
    environment.putAll(given);
    String processName =
        section.expansions().expand(common.numbering().processName(), "process_name");
    return new Own(processName, command, directory, out, err, environment);
  }

  private static ProcessConfig process(Common common, Own own) {
    return new ProcessConfig(
        own.name(),
        own.command(),
        own.directory(),
        common.umask(),
        common.priority(),
        common.starting().autostart(),
        common.starting().autorestart(),
        common.starting().startsecs(),
        common.starting().startretries(),
        common.stopping().signal(),
        common.stopping().waitsecs(),
        common.stopping().asgroup(),
        common.stopping().killasgroup(),
        common.exitcodes(),
        common.user(),
        common.redirectStderr(),
        own.stdout(),
        own.stderr(),
        own.environment(),
        common.serverurl());
  }
}
