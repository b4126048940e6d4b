package ee.supervisor.jmx;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UsageSampler;
import ee.supervisor.text.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows one process to JMX clients and carries out what they ask for. */
class ProgramControl implements ProgramMXBean {
  private final Supervisor supervisor;
  private final UsageSampler sampler;
  private final String namespec;
  private volatile ProcessInfo last;

  /** Of the process that is {@code first} now. */
  ProgramControl(Supervisor supervisor, UsageSampler sampler, ProcessInfo first) {
    this.supervisor = supervisor;
    this.sampler = sampler;
    this.namespec = first.group() + ":" + first.name();
    this.last = first;
  }

  /** The process now, or as it was last seen when it has just been removed: getters never throw. */
  final ProcessInfo info() {
    try {
      last = supervisor.process(namespec);
    } catch (SupervisorException removed) {
      return last;
    }
    return last;
  }

  private ProcessStatus status() {
    ProcessInfo info = info();
    return new ProcessStatus(info, sampler.usage(info.pid()), Instant.now());
  }

  @Override
  public String getName() {
    return last.name();
  }

  @Override
  public String getGroup() {
    return last.group();
  }

  @Override
  public String getStateName() {
    return info().state().name();
  }

  @Override
  public int getState() {
    return info().state().code();
  }

  @Override
  public String getDescription() {
    return status().getDescription();
  }

  @Override
  public int getPid() {
    return info().pid();
  }

  @Override
  public long getUptimeSeconds() {
    return status().getUptimeSeconds();
  }

  @Override
  public Date getStartTime() {
    return status().getStartTime();
  }

  @Override
  public Date getStopTime() {
    return status().getStopTime();
  }

  @Override
  public int getExitStatus() {
    return info().exitStatus();
  }

  @Override
  public String getSpawnError() {
    return info().spawnError();
  }

  @Override
  public boolean isReady() {
    return status().isReady();
  }

  @Override
  public String getStatusText() {
    return info().statusText();
  }

  @Override
  public int getTries() {
    return info().backoff();
  }

  @Override
  public long getRestarts() {
    return info().restarts();
  }

  @Override
  public List<String> getWaitsFor() {
    return info().waitsFor().stream().map(Object::toString).toList();
  }

  @Override
  public Map<String, Long> getExits() {
    return info().counts().exits().entrySet().stream()
        .collect(Collectors.toMap(each -> each.getKey().toString(), Map.Entry::getValue));
  }

  @Override
  public long getSpawnErrors() {
    return info().counts().spawnErrors();
  }

  @Override
  public String getStdoutLogfile() {
    return status().getStdoutLogfile();
  }

  @Override
  public long getStdoutLogBytes() {
    return LogAccess.size(info().stdoutLogfile());
  }

  @Override
  public String getStderrLogfile() {
    return status().getStderrLogfile();
  }

  @Override
  public long getStderrLogBytes() {
    return LogAccess.size(info().stderrLogfile());
  }

  @Override
  public double getCpuSeconds() {
    return status().getCpuSeconds();
  }

  @Override
  public double getCpuPercent() {
    return status().getCpuPercent();
  }

  @Override
  public long getResidentBytes() {
    return status().getResidentBytes();
  }

  @Override
  public List<String> getConfiguration() {
    return ConfigurationView.of(info().config());
  }

  @Override
  public void start() {
    GroupControl.started(
        supervisor,
        List.of(info()),
        CommandTime::toStart,
        () -> supervisor.startProcess(namespec, true));
  }

  @Override
  public void startAlone() {
    BoundedWait.response(
        () -> supervisor.startProcessAlone(namespec, true), toStart(info().config()));
  }

  @Override
  public List<Outcome> stopWithDependents() {
    return GroupControl.outcomes(
        () -> supervisor.stopProcessWithDependents(namespec, true),
        CommandTime.of(supervisor).toStopWithDependents(List.of(info())));
  }

  @Override
  public void stop() {
    BoundedWait.response(() -> supervisor.stopProcess(namespec, true), toStop(info().config()));
  }

  @Override
  public void restart() {
    GroupControl.started(
        supervisor,
        List.of(info()),
        CommandTime::toRestart,
        () -> supervisor.restartProcess(namespec));
  }

  @Override
  public void signal(String signal) {
    BoundedWait.response(() -> supervisor.signalProcess(namespec, signal), BoundedWait.MARGIN);
  }

  @Override
  public void sendStdin(String text) {
    BoundedWait.response(
        () -> supervisor.sendProcessStdin(namespec, Bytes.utf8(text)), BoundedWait.MARGIN);
  }

  @Override
  public void clearLogs() {
    BoundedWait.response(() -> supervisor.clearProcessLogs(namespec), BoundedWait.MARGIN);
  }

  @Override
  public String readStdoutLog(long offset, long length) {
    return LogAccess.read(info().stdoutLogfile(), offset, length);
  }

  @Override
  public String readStderrLog(long offset, long length) {
    return LogAccess.read(info().stderrLogfile(), offset, length);
  }

  @Override
  public LogTail tailStdoutLog(long offset, long length) {
    return LogAccess.tail(info().stdoutLogfile(), offset, length);
  }

  @Override
  public LogTail tailStderrLog(long offset, long length) {
    return LogAccess.tail(info().stderrLogfile(), offset, length);
  }

  /** How long a start may take before a caller learns that it goes on. */
  static Duration toStart(ProcessConfig config) {
    return bound(config.start().minimumUptime());
  }

  /** How long a stop may take before a caller learns that it goes on. */
  static Duration toStop(ProcessConfig config) {
    return bound(config.stop().patience().multipliedBy(config.stop().signals().size()));
  }

  private static Duration bound(Duration time) {
    return BoundedWait.MARGIN.plusSeconds(Math.min(time.toSeconds(), Integer.MAX_VALUE));
  }
}
