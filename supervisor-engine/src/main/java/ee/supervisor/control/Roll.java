package ee.supervisor.control;

import ee.supervisor.output.ActivityLog;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.protocol.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One rolling restart: a few processes at a time, the next when those before are ready; the first
 * failure ends it. It goes on whether or not whoever asked for it still waits, and the activity log
 * tells how. Confined to the control loop.
 */
final class Roll {
  private final String what;
  private final Deque<ManagedProcess> left;
  private final int batch;
  private final Function<ManagedProcess, CompletableFuture<Void>> restart;
  private final Runnable requireRunning;
  private final Executor loop;
  private final ActivityLog log;
  private final int number;
  private final List<ProcessResult> results = new ArrayList<>();
  private final CompletableFuture<RollReport> done = new CompletableFuture<>();

  /**
   * One that has not begun.
   *
   * @param what the group, or {@code all}
   * @param processes in the order in which they are restarted
   * @param restart completes when the process is ready
   * @param requireRunning refuses when nothing may be started any more
   */
  Roll(
      String what,
      List<ManagedProcess> processes,
      int batch,
      Function<ManagedProcess, CompletableFuture<Void>> restart,
      Runnable requireRunning,
      Executor loop,
      ActivityLog log) {
    this.what = what;
    this.left = new ArrayDeque<>(processes);
    this.batch = batch;
    this.restart = restart;
    this.requireRunning = requireRunning;
    this.loop = loop;
    this.log = log;
    this.number = processes.size();
  }

  /** Begins; completes with how far it came, whatever happens. */
  CompletableFuture<RollReport> run() {
    try {
      log.info(
          "rolling restart of %s begins: %d processes, %d at a time"
              .formatted(what, number, Math.min(batch, number)));
      next();
    } catch (Throwable thrown) {
      done.completeExceptionally(thrown);
    }
    return done;
  }

  private void next() {
    if (left.isEmpty()) {
      end();
      return;
    }
    try {
      requireRunning.run();
    } catch (SupervisorException refused) {
      end();
      return;
    }
    List<CompletableFuture<ProcessResult>> turn = new ArrayList<>();
    while (turn.size() < batch && !left.isEmpty()) {
      turn.add(ProcessCommands.result(left.poll(), restart));
    }
    // on the loop's next turn, when the transition that ends the restart is complete
    CompletionStage<Void> all =
        CompletableFuture.allOf(turn.toArray(CompletableFuture[]::new))
            .thenRunAsync(() -> ended(turn.stream().map(CompletableFuture::join).toList()), loop);
    // an Error in the midst must not leave it under way for ever
    all.whenComplete(
        (nothing, thrown) -> {
          if (thrown != null) {
            done.completeExceptionally(thrown);
          }
        });
  }

  private void ended(List<ProcessResult> turn) {
    results.addAll(turn);
    if (turn.stream().allMatch(result -> result.fault() == Fault.SUCCESS)) {
      tellProgress(turn);
      next();
    } else {
      end();
    }
  }

  private void tellProgress(List<ProcessResult> ended) {
    log.info(
        "rolling restart of %s: %s restarted, %d of %d"
            .formatted(
                what,
                ended.stream().map(ProcessResult::namespec).collect(Collectors.joining(", ")),
                results.size(),
                number));
  }

  private void end() {
    RollReport report =
        new RollReport(what, results, left.stream().map(ProcessCommands::namespec).toList());
    report
        .problem()
        .ifPresentOrElse(
            log::warn,
            () -> log.info("rolling restart of %s done: %d processes".formatted(what, number)));
    done.complete(report);
  }
}
