package ee.supervisor.jmx;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.control.ProcessResult;
import ee.supervisor.control.RollOptions;
import ee.supervisor.control.RollReport;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.process.ProcessInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Shows one group to JMX clients and carries out what they ask for. */
final class GroupControl implements GroupMXBean {
  private final Supervisor supervisor;
  private final GroupConfig config;
  private final List<ProgramControl> programs;

  /**
   * Of an active group.
   *
   * @param config what it is configured as
   * @param programs its processes, by priority
   */
  GroupControl(Supervisor supervisor, GroupConfig config, List<ProgramControl> programs) {
    this.supervisor = supervisor;
    this.config = config;
    this.programs = List.copyOf(programs);
  }

  private List<ProcessInfo> processes() {
    return programs.stream().map(ProgramControl::info).toList();
  }

  @Override
  public String getName() {
    return config.name();
  }

  @Override
  public String getKind() {
    if (config instanceof GroupConfig.EventListeners) {
      return "EVENTLISTENER";
    }
    return config instanceof GroupConfig.FastCgi ? "FCGI_PROGRAM" : "PROGRAM";
  }

  @Override
  public long getPriority() {
    return config.priority();
  }

  @Override
  public List<String> getProcessNames() {
    return processes().stream().map(ProcessInfo::name).toList();
  }

  @Override
  public Map<String, Integer> getStateCounts() {
    return stateCounts(processes());
  }

  @Override
  public List<Outcome> start() {
    return outcomes(
        started(
            supervisor,
            processes(),
            CommandTime::toStart,
            () -> supervisor.startGroup(getName(), true)));
  }

  @Override
  public List<Outcome> stop() {
    return outcomes(
        () -> supervisor.stopGroup(getName(), true),
        CommandTime.of(supervisor).toStop(processes()));
  }

  @Override
  public List<Outcome> restart() {
    return outcomes(
        started(
            supervisor,
            processes(),
            CommandTime::toRestart,
            () -> supervisor.restartGroup(getName())));
  }

  @Override
  public List<Outcome> signal(String signal) {
    return outcomes(() -> supervisor.signalGroup(getName(), signal), BoundedWait.MARGIN);
  }

  @Override
  public RollOutcome roll(long batch, long timeout) {
    RollOptions options = rollOptions(batch, timeout);
    return roll(() -> supervisor.rollGroup(getName(), options), processes(), options);
  }

  static RollOptions rollOptions(long batch, long timeout) {
    try {
      return RollOptions.of(batch, timeout == 0 ? null : (Long) timeout);
    } catch (SupervisorException refused) {
      throw BoundedWait.readable(refused);
    }
  }

  /** Waits for a rolling restart as long as its processes may take one after the other. */
  static RollOutcome roll(
      Supplier<CompletionStage<RollReport>> command,
      Collection<ProcessInfo> processes,
      RollOptions options) {
    Duration bound =
        processes.stream()
            .map(process -> ProgramControl.toStop(process.config()).plus(options.timeout()))
            .reduce(BoundedWait.MARGIN, Duration::plus);
    return RollOutcome.of(BoundedWait.response(command, bound));
  }

  static List<Outcome> outcomes(
      Supplier<CompletionStage<List<ProcessResult>>> command, Duration bound) {
    return outcomes(BoundedWait.response(command, bound));
  }

  static List<Outcome> outcomes(List<ProcessResult> results) {
    return results.stream().map(Outcome::of).toList();
  }

  /** Waits for a start of some, and of what they need. */
  static <T> T started(
      Supervisor supervisor,
      Collection<ProcessInfo> processes,
      BiFunction<CommandTime, Collection<ProcessInfo>, Duration> bound,
      Supplier<CompletionStage<T>> command) {
    CommandTime time = CommandTime.of(supervisor);
    return BoundedWait.response(command, bound.apply(time, processes), () -> time.waits(processes));
  }

  static Map<String, Integer> stateCounts(Collection<ProcessInfo> processes) {
    Map<String, Integer> counts = new TreeMap<>();
    processes.forEach(p -> counts.merge(p.state().name(), 1, Integer::sum));
    return counts;
  }
}
