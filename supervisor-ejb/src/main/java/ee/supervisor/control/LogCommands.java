package ee.supervisor.control;

import ee.supervisor.output.ActivityLog;
import ee.supervisor.process.ManagedProcess;
import java.util.concurrent.CompletableFuture;

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
    return refusable(log.clear().toCompletableFuture(), new SupervisorException(Fault.FAILED));
  }

  CompletableFuture<Void> clear(ManagedProcess process, String name) {
    return refusable(
        process.launcher().clearLogs().toCompletableFuture(),
        new SupervisorException(Fault.FAILED, name));
  }

  void reopenAll() {
    log.reopen();
    generation.table().processesByPriority().forEach(p -> p.launcher().reopenLogs());
  }

  private static CompletableFuture<Void> refusable(
      CompletableFuture<Void> done, SupervisorException refusal) {
    return done.exceptionallyCompose(error -> CompletableFuture.failedFuture(refusal));
  }
}
