package ee.supervisor.jmx;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.control.ProcessResult;
import ee.supervisor.control.RollOptions;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.control.Version;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.ProcessUsage;
import ee.supervisor.process.UsageSampler;
import ee.supervisor.text.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Shows supervisord itself to JMX clients and carries out what they ask for. */
final class SupervisorControl implements SupervisorMXBean {
  private final Supervisor supervisor;
  private final UsageSampler sampler;
  private final LongSupplier droppedCommunications;

  SupervisorControl(
      Supervisor supervisor, UsageSampler sampler, LongSupplier droppedCommunications) {
    this.supervisor = supervisor;
    this.sampler = sampler;
    this.droppedCommunications = droppedCommunications;
  }

  // ---- attributes

  @Override
  public String getStateName() {
    return supervisor.state().name();
  }

  @Override
  public int getState() {
    return supervisor.state().code();
  }

  @Override
  public String getIdentification() {
    return supervisor.configuration().supervisord().identifier();
  }

  @Override
  public String getSupervisorVersion() {
    return Version.SUPERVISOR;
  }

  @Override
  public String getApiVersion() {
    return Version.RPC_API;
  }

  @Override
  public int getPid() {
    return supervisor.pid();
  }

  @Override
  public Date getStartTime() {
    return ProcessHandle.current().info().startInstant().map(Date::from).orElse(null);
  }

  private ProcessUsage usage() {
    return sampler.usage(supervisor.pid());
  }

  @Override
  public double getCpuSeconds() {
    return ProcessStatus.seconds(usage().cpu());
  }

  @Override
  public double getCpuPercent() {
    return usage().cpuPercent();
  }

  @Override
  public long getResidentBytes() {
    return usage().residentBytes();
  }

  @Override
  public String getLogfile() {
    return supervisor.logfile().map(Path::toString).orElse("");
  }

  @Override
  public long getLogBytes() {
    return LogAccess.size(supervisor.logfile());
  }

  @Override
  public List<String> getGroupNames() {
    return supervisor.groups().stream().map(GroupInfo::name).toList();
  }

  @Override
  public List<ProcessStatus> getProcesses() {
    Instant now = Instant.now();
    return supervisor.processes().stream().map(p -> status(p, now)).toList();
  }

  private ProcessStatus status(ProcessInfo process, Instant now) {
    return new ProcessStatus(process, sampler.usage(process.pid()), now);
  }

  @Override
  public List<ConfiguredProcess> getConfiguredProcesses() {
    Set<String> active = Set.copyOf(getGroupNames());
    List<ConfiguredProcess> processes = new ArrayList<>();
    for (GroupConfig group : supervisor.configuration().groups()) {
      boolean isActive = active.contains(group.name());
      group.processes().forEach(p -> processes.add(ConfiguredProcess.of(group, p, isActive)));
    }
    processes.sort(Comparator.comparing(ConfiguredProcess::name));
    return processes;
  }

  @Override
  public Map<String, Integer> getStateCounts() {
    return GroupControl.stateCounts(supervisor.processes());
  }

  @Override
  public long getDroppedCommunications() {
    return droppedCommunications.getAsLong();
  }

  // ---- supervisord

  @Override
  public void shutdown() {
    response(supervisor::shutdown);
  }

  @Override
  public void reload() {
    response(supervisor::restart);
  }

  @Override
  public Changes reread() {
    return Changes.of(response(supervisor::reloadConfig));
  }

  @Override
  public Changes update() {
    return Changes.of(BoundedWait.response(supervisor::update, toUpdate()));
  }

  /** How long that may take if every group has to be stopped, one after the other. */
  private Duration toUpdate() {
    CommandTime time = CommandTime.of(supervisor);
    return supervisor.groups().stream()
        .map(group -> time.toStop(group.processes()))
        .reduce(BoundedWait.MARGIN, Duration::plus);
  }

  @Override
  public void addGroup(String group) {
    response(() -> supervisor.addGroup(group));
  }

  @Override
  public void removeGroup(String group) {
    response(() -> supervisor.removeGroup(group));
  }

  // ---- processes

  @Override
  public ProcessStatus process(String name) {
    return status(find(name), Instant.now());
  }

  private ProcessInfo find(String name) {
    try {
      return supervisor.process(name);
    } catch (SupervisorException refused) {
      throw BoundedWait.readable(refused);
    }
  }

  @Override
  public void startProcess(String name, boolean wait) {
    GroupControl.started(
        supervisor,
        List.of(find(name)),
        CommandTime::toStart,
        () -> supervisor.startProcess(name, wait));
  }

  @Override
  public List<Outcome> startGroup(String group, boolean wait) {
    return start(members(group), () -> supervisor.startGroup(group, wait));
  }

  @Override
  public List<Outcome> startAll(boolean wait) {
    return start(supervisor.processes(), () -> supervisor.startAll(wait));
  }

  private List<Outcome> start(
      List<ProcessInfo> processes, Supplier<CompletionStage<List<ProcessResult>>> command) {
    return GroupControl.outcomes(
        GroupControl.started(supervisor, processes, CommandTime::toStart, command));
  }

  @Override
  public void stopProcess(String name, boolean wait) {
    Duration bound = ProgramControl.toStop(find(name).config());
    BoundedWait.response(() -> supervisor.stopProcess(name, wait), bound);
  }

  @Override
  public List<Outcome> stopGroup(String group, boolean wait) {
    return GroupControl.outcomes(
        () -> supervisor.stopGroup(group, wait), CommandTime.of(supervisor).toStop(members(group)));
  }

  @Override
  public List<Outcome> stopAll(boolean wait) {
    return GroupControl.outcomes(
        () -> supervisor.stopAll(wait), CommandTime.of(supervisor).toStop(supervisor.processes()));
  }

  private List<ProcessInfo> members(String group) {
    return supervisor.processes().stream().filter(p -> p.group().equals(group)).toList();
  }

  @Override
  public RollOutcome rollProcess(String name, long timeout) {
    ProcessInfo process = find(name);
    RollOptions options = GroupControl.rollOptions(1, timeout);
    return GroupControl.roll(
        () -> supervisor.rollProcess(name, options), List.of(process), options);
  }

  @Override
  public RollOutcome rollGroup(String group, long batch, long timeout) {
    RollOptions options = GroupControl.rollOptions(batch, timeout);
    return GroupControl.roll(() -> supervisor.rollGroup(group, options), members(group), options);
  }

  @Override
  public RollOutcome rollAll(long batch, long timeout) {
    RollOptions options = GroupControl.rollOptions(batch, timeout);
    return GroupControl.roll(() -> supervisor.rollAll(options), supervisor.processes(), options);
  }

  @Override
  public void signalProcess(String name, String signal) {
    response(() -> supervisor.signalProcess(name, signal));
  }

  @Override
  public List<Outcome> signalGroup(String group, String signal) {
    return GroupControl.outcomes(() -> supervisor.signalGroup(group, signal), BoundedWait.MARGIN);
  }

  @Override
  public List<Outcome> signalAll(String signal) {
    return GroupControl.outcomes(() -> supervisor.signalAll(signal), BoundedWait.MARGIN);
  }

  @Override
  public void sendProcessStdin(String name, String text) {
    response(() -> supervisor.sendProcessStdin(name, Bytes.utf8(text)));
  }

  @Override
  public void sendRemoteCommEvent(String type, String data) {
    response(() -> supervisor.sendRemoteCommEvent(type, Bytes.utf8(data)));
  }

  // ---- logs

  @Override
  public String readLog(long offset, long length) {
    return LogAccess.read(supervisor.logfile(), offset, length);
  }

  @Override
  public String readProcessLog(String name, String channel, long offset, long length) {
    return LogAccess.read(file(name, channel), offset, length);
  }

  @Override
  public LogTail tailProcessLog(String name, String channel, long offset, long length) {
    return LogAccess.tail(file(name, channel), offset, length);
  }

  @Override
  public LogSlice follow(String name, String channel, long offset) {
    return LogAccess.follow(name.isEmpty() ? supervisor.logfile() : file(name, channel), offset);
  }

  private Optional<Path> file(String name, String channel) {
    return LogAccess.file(find(name), channel);
  }

  @Override
  public void clearLog() {
    response(supervisor::clearLog);
  }

  @Override
  public void clearProcessLogs(String name) {
    response(() -> supervisor.clearProcessLogs(name));
  }

  @Override
  public List<Outcome> clearAllProcessLogs() {
    return GroupControl.outcomes(supervisor::clearAllProcessLogs, BoundedWait.MARGIN);
  }

  @Override
  public void reopenLogs() {
    response(supervisor::reopenLogs);
  }

  private static <T> T response(Supplier<CompletionStage<T>> command) {
    return BoundedWait.response(command, BoundedWait.MARGIN);
  }
}
