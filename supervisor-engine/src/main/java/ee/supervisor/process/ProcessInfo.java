package ee.supervisor.process;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.ProcessState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process as it was at one moment, for whoever asks.
 *
 * @param group name of its group
 * @param name its name
 * @param config what it was configured as
 * @param state its state
 * @param pid its process id, 0 when there is none
 * @param start when it was last started, {@link Instant#EPOCH} if never
 * @param stop when it last ended, {@link Instant#EPOCH} if never
 * @param spawnError why it could not be started or ended badly, empty if it did not
 * @param exitStatus exit code of its last end, -1 for killed by a signal, 0 if none
 * @param backoff failed starts in a row
 * @param waitsFor what it waits for before it is started; empty if it does not wait
 * @param counts what has happened to it how often, since its group became active
 * @param stdoutLogfile the file of its stdout, AUTO resolved, if any
 * @param stderrLogfile the file of its stderr, if any
 * @param ready whether others may count on it, where a check or the program itself tells; empty
 *     where it is ready while it is RUNNING
 * @param statusText what the program says of itself, empty if nothing
 */
public record ProcessInfo(
    String group,
    String name,
    ProcessConfig config,
    ProcessState state,
    int pid,
    Instant start,
    Instant stop,
    String spawnError,
    int exitStatus,
    int backoff,
    List<UnmetNeed> waitsFor,
    LifeCounts counts,
    Optional<Path> stdoutLogfile,
    Optional<Path> stderrLogfile,
    Optional<Boolean> ready,
    String statusText) {

  public ProcessInfo {
    waitsFor = List.copyOf(waitsFor);
  }

  /** How often it was started again by supervisord. */
  public long restarts() {
    return counts.restarts();
  }
}
