package ee.supervisor.control;

import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.LogException;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.protocol.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Clearing and reopening log files. Confined to the control loop; the files are the output threads'
 * business.
 */
final class LogCommands {
  private final ActivityLog log;
  private final Generation generation;

  LogCommands(ActivityLog log, Generation generation) {
    this.log = log;
    this.generation = generation;
  }

  CompletableFuture<Void> clearLog() {
    if (log.file().isEmpty()) {
      throw new SupervisorException(Fault.NO_FILE);
    }
    return log.clear()
        .toCompletableFuture()
        .exceptionallyCompose(error -> CompletableFuture.failedFuture(refusal(error)));
  }

  private static SupervisorException refusal(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    boolean missing =
        cause instanceof LogException refused && refused.reason() == LogException.Reason.NO_FILE;
    return new SupervisorException(missing ? Fault.NO_FILE : Fault.FAILED);
  }

  CompletableFuture<Void> clear(ManagedProcess process, String name) {
    return process
        .launcher()
        .clearLogs()
        .toCompletableFuture()
        .exceptionallyCompose(
            error -> CompletableFuture.failedFuture(new SupervisorException(Fault.FAILED, name)));
  }

  void reopenAll() {
    log.reopen();
    generation.table().processesByPriority().forEach(p -> p.launcher().reopenLogs());
  }
}
