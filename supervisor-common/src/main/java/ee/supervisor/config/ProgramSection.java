package ee.supervisor.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code [program:x]}, {@code [fcgi-program:x]} or {@code [eventlistener:x]} section into
 * its {@code numprocs} processes. Options are read in Supervisor's order, so that of several
 * mistakes the same one is reported.
 */
final class ProgramSection {
  /** What all processes of a section have in common; whether the copy's number may be named. */
  private static final List<Option<ProcessConfig, ?>> COMMON =
      List.of(
          Options.PRIORITY,
          Options.AUTOSTART,
          Options.AUTORESTART,
          Options.STARTSECS,
          Options.STARTRETRIES,
          Options.STOPSIGNAL,
          Options.STOPWAITSECS,
          Options.STOPASGROUP,
          Options.KILLASGROUP,
          Options.EXITCODES,
          Options.REDIRECT_STDERR,
          Options.NUMPROCS,
          Options.NUMPROCS_START,
          Options.STDOUT.captureMaxbytes(),
          Options.STDOUT.eventsEnabled(),
          Options.STDERR.captureMaxbytes(),
          Options.STDERR.eventsEnabled(),
          Options.SERVERURL,
          Options.PROGRAM_USER,
          Options.UMASK);

  /** What each process has of its own: in these its number may be named. */
  private static final List<Option<ProcessConfig, ?>> OWN = own();

  private final Reading reading;
  private final String name;
  private final List<Dependency> groupNeeds;

  private ProgramSection(Reading reading, String name, List<Dependency> groupNeeds) {
    this.reading = reading;
    this.name = name;
    this.groupNeeds = groupNeeds;
  }

  /** Supervisor's, in its order, and those that it does not have. */
  private static List<Option<ProcessConfig, ?>> own() {
    List<Option<ProcessConfig, ?>> own =
        new ArrayList<>(
            List.of(
                Options.DIRECTORY,
                Options.STDOUT.logfile(),
                Options.STDOUT.backups(),
                Options.STDOUT.maxbytes(),
                Options.STDOUT.syslog(),
                Options.STDERR.logfile(),
                Options.STDERR.backups(),
                Options.STDERR.maxbytes(),
                Options.STDERR.syslog(),
                Options.COMMAND));
    // these two are read by themselves: names in other options depend on them
    List<Option<ProcessConfig, ?>> apart = List.of(Options.PROCESS_NAME, Options.ENVIRONMENT);
    for (Option<ProcessConfig, ?> option : Options.ofPrograms()) {
      if (!COMMON.contains(option) && !own.contains(option) && !apart.contains(option)) {
        own.add(option);
      }
    }
    return own;
  }

  /**
   * The processes of a section, by priority, then name.
   *
   * @param name the whole header
   * @param groupName the group the processes are in
   */
  static List<ProcessConfig> read(Reading reading, String name, String groupName)
      throws ConfigException {
    return read(reading, name, groupName, List.of());
  }

  /**
   * As {@link #read(Reading, String, String)}.
   *
   * @param groupNeeds what all of its group wait for
   */
  static List<ProcessConfig> read(
      Reading reading, String name, String groupName, List<Dependency> groupNeeds)
      throws ConfigException {
    try {
      return new ProgramSection(reading, name, groupNeeds).processes(groupName);
    } catch (ConfigException e) {
      throw reading.section(name).locate(e);
    }
  }

  private List<ProcessConfig> processes(String groupName) throws ConfigException {
    Section section = reading.section(name);
    Expansions expansions =
        section
            .expansions()
            .with("program_name", Conversions.name(section.label().orElse("")))
            .with("here", reading.here())
            .with("host_node_name", reading.host().hostName())
            .with("group_name", groupName);
    OptionValues common = OptionValues.read(section.with(expansions), COMMON);
    long numprocs = common.get(Options.NUMPROCS);
    String processName = processName(section, numprocs);
    ProcessConfig.Stop stop = ProcessConfig.Stop.of(common);
    List<ProcessConfig> processes = new ArrayList<>();
    for (long i = 0; i < numprocs; i++) {
      Expansions numbered =
          expansions
              .with("process_num", common.get(Options.NUMPROCS_START) + i)
              .with("numprocs", numprocs);
      processes.add(process(section.with(numbered), processName, common, stop));
    }
    processes.sort(
        Comparator.comparingLong(ProcessConfig::priority).thenComparing(ProcessConfig::name));
    return processes;
  }

  private static String processName(Section section, long numprocs) throws ConfigException {
    Option<ProcessConfig, String> option = Options.PROCESS_NAME;
    String processName =
        Conversions.name(section.raw(option).or(option.absence()::value).orElseThrow());
    if (numprocs > 1 && !processName.contains("%(process_num)")) {
      throw new ConfigException(
          "%(process_num) must be present within process_name when numprocs > 1");
    }
    return processName;
  }

  private ProcessConfig process(
      Section numbered, String processName, OptionValues common, ProcessConfig.Stop stop)
      throws ConfigException {
    String variables = numbered.raw(Options.ENVIRONMENT).orElse("");
    Map<String, String> given =
        KeyValuePairs.parse(numbered.expansions().expand(variables, Options.ENVIRONMENT.name()));
    Section section = numbered.with(numbered.expansions().withEnvironment(given));
    OptionValues values = common.and(section, OWN);
    String command =
        values
            .find(Options.COMMAND)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "program section %s does not specify a command".formatted(name)));
    Map<String, String> environment = new LinkedHashMap<>(reading.inherited());
    environment.putAll(given);
    ChannelKeys channels = new ChannelKeys(values, name, reading.warnings());
    return new ProcessConfig(
        section.expansions().expand(processName, Options.PROCESS_NAME.name()),
        command,
        values.get(Options.PRIORITY),
        ProcessConfig.Start.of(values),
        ProcessConfig.Restart.of(values),
        stop,
        ProcessConfig.Execution.of(values, environment),
        values.get(Options.REDIRECT_STDERR),
        channels.stdout(),
        channels.stderr(),
        relations(values),
        ProcessConfig.RestartPolicy.of(values),
        HealthConfig.of(values),
        HooksConfig.of(values),
        values.get(Options.ROLLING_UPDATE));
  }

  /** What its section and its group say, the section first. */
  private ProcessConfig.Relations relations(OptionValues values) {
    List<Dependency> needs = new ArrayList<>(values.find(Options.DEPENDS_ON).orElse(List.of()));
    groupNeeds.stream().filter(need -> !needs.contains(need)).forEach(needs::add);
    return new ProcessConfig.Relations(
        name, needs, values.find(Options.RESTART_WITH).orElse(List.of()));
  }
}
