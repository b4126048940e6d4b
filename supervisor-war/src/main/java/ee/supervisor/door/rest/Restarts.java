package ee.supervisor.door.rest;

import ee.supervisor.control.ProcessResult;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Fault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Stopping, then starting: one command to the operator, two to the supervisor. */
final class Restarts {

  private Restarts() {}

  /** Restarts one process; one that does not run is just started. */
  static CompletionStage<Void> process(Supervisor supervisor, ProcessInfo process, String name) {
    return process(
        process.state().isRunning(),
        () -> supervisor.stopProcess(name, true),
        () -> supervisor.startProcess(name, true));
  }

  private static CompletionStage<Void> process(
      boolean runs, Supplier<CompletionStage<Void>> stop, Supplier<CompletionStage<Void>> start) {
    if (!runs) {
      return start.get();
    }
    return stop.get()
        .handle((done, failure) -> stopped(failure))
        .thenCompose(Function.identity())
        .thenCompose(done -> start.get());
  }

  /** It may have ended by itself meanwhile. */
  private static CompletionStage<Void> stopped(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null
            || (cause instanceof SupervisorException refusal
                && refusal.fault() == Fault.NOT_RUNNING)
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(cause);
  }

  /** Stops all that {@code stop} stops, then starts all that {@code start} starts. */
  static CompletionStage<List<ProcessResult>> all(
      Supplier<CompletionStage<List<ProcessResult>>> stop,
      Supplier<CompletionStage<List<ProcessResult>>> start) {
    return stop.get().thenCompose(stopped -> start.get());
  }
}
