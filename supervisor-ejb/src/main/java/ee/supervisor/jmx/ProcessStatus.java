package ee.supervisor.jmx;

import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessDescription;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.ProcessUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** A process at one moment, as composite data: what a table of all processes needs, in one call. */
public final class ProcessStatus {
  private final ProcessInfo process;
  private final ProcessUsage usage;
  private final Instant now;

  /**
   * What is known of {@code process} as seen at {@code now}.
   *
   * @param usage what it uses of the machine
   */
  ProcessStatus(ProcessInfo process, ProcessUsage usage, Instant now) {
    this.process = process;
    this.usage = usage;
    this.now = now;
  }

  /** The name of its group. */
  public String getGroup() {
    return process.group();
  }

  /** Its name. */
  public String getName() {
    return process.name();
  }

  /** Its state. */
  public String getStateName() {
    return process.state().name();
  }

  /** Its state as a number. */
  public int getState() {
    return process.state().code();
  }

  /** How it fares, in one line. */
  public String getDescription() {
    return ProcessDescription.of(process, now);
  }

  /** Its process id, 0 when it does not run. */
  public int getPid() {
    return process.pid();
  }

  /** Seconds since it was started, 0 when it does not run. */
  public long getUptimeSeconds() {
    // Of whole seconds, as the description has it.
    long seconds = now.getEpochSecond() - process.start().getEpochSecond();
    return process.pid() == 0 ? 0 : Math.max(0, seconds);
  }

  /** When it was last started, null if never. */
  public Date getStartTime() {
    return date(process.start());
  }

  /** When it last ended, null if never. */
  public Date getStopTime() {
    return date(process.stop());
  }

  /** The moment at which all this was so, by supervisord's clock. */
  public Date getNow() {
    return Date.from(now);
  }

  /** Exit code of its last end, -1 if a signal ended it. */
  public int getExitStatus() {
    return process.exitStatus();
  }

  /** Why it could not be started or ended badly, empty if it did not. */
  public String getSpawnError() {
    return process.spawnError();
  }

  /** Failed starts in a row. */
  public int getTries() {
    return process.backoff();
  }

  /** How often supervisord has started it again. */
  public long getRestarts() {
    return process.restarts();
  }

  /**
   * Whether others may count on it: what its readiness check or the program itself says; where
   * neither does, whether it is RUNNING.
   */
  public boolean isReady() {
    return process.ready().orElse(process.state() == ProcessState.RUNNING);
  }

  /** What the program says of itself, empty if nothing. */
  public String getStatusText() {
    return process.statusText();
  }

  /** The file of its standard output, empty if none is kept. */
  public String getStdoutLogfile() {
    return text(process.stdoutLogfile());
  }

  /** The file of its standard error, empty if none is kept. */
  public String getStderrLogfile() {
    return text(process.stderrLogfile());
  }

  /** Processor time it has used, in seconds. */
  public double getCpuSeconds() {
    return seconds(usage.cpu());
  }

  /** Processor time it used lately, in percent of one processor. */
  public double getCpuPercent() {
    return usage.cpuPercent();
  }

  /** Its resident memory in bytes. */
  public long getResidentBytes() {
    return usage.residentBytes();
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Date date(Instant instant) {
    return instant.equals(Instant.EPOCH) ? null : Date.from(instant);
  }

  private static String text(Optional<Path> file) {
    return file.map(Path::toString).orElse("");
  }
}
