package ee.supervisor.control;

import ee.supervisor.output.ActivityLog;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.Timer;
import ee.supervisor.protocol.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes rolling restarts, and keeps two of them from the same process. Confined to the control
 * loop.
 */
final class RollingRestarts {
  private final ProcessCommands commands;
  private final ControlLoop loop;
  private final Runnable requireRunning;
  private final ActivityLog log;

  /** What is being rolled by which process's name. */
  private final Map<String, String> underWay = new HashMap<>();

  /**
   * None under way.
   *
   * @param requireRunning refuses when nothing may be started any more
   */
  RollingRestarts(
      ProcessCommands commands, ControlLoop loop, Runnable requireRunning, ActivityLog log) {
    this.commands = commands;
    this.loop = loop;
    this.requireRunning = requireRunning;
    this.log = log;
  }

  /** Restarts processes as they are configured. */
  CompletableFuture<RollReport> restart(
      String what, List<ManagedProcess> processes, RollOptions options) {
    return begin(what, processes, options, UnaryOperator.identity());
  }

  /**
   * Restarts processes, each with another in its place.
   *
   * @param successor gives it, when the process has stopped
   * @throws SupervisorException ALREADY_STARTED when one of them is being rolled
   */
  CompletableFuture<RollReport> begin(
      String what,
      List<ManagedProcess> processes,
      RollOptions options,
      UnaryOperator<ManagedProcess> successor) {
    List<String> names = processes.stream().map(ProcessCommands::namespec).toList();
    for (String name : names) {
      if (underWay.containsKey(name)) {
        throw new SupervisorException(
            Fault.ALREADY_STARTED,
            "a rolling restart of %s is under way, which %s belongs to"
                .formatted(underWay.get(name), name));
      }
    }
    names.forEach(name -> underWay.put(name, what));
    Function<ManagedProcess, CompletableFuture<Void>> restart =
        process -> restart(process, options.timeout(), successor);
    CompletableFuture<RollReport> done =
        new Roll(what, processes, options.batch(), restart, requireRunning, loop, log).run();
    return done.whenComplete((report, failure) -> underWay.keySet().removeAll(names));
  }

  private CompletableFuture<Void> restart(
      ManagedProcess process, Duration timeout, UnaryOperator<ManagedProcess> successor) {
    String name = ProcessCommands.namespec(process);
    // on the loop's next turn, when the transition that ends the stop is complete
    return ProcessCommands.result(process, this::untilStopped)
        .thenComposeAsync(
            stopped -> {
              if (stopped.stopFailed()) {
                throw new SupervisorException(stopped.fault(), stopped.description());
              }
              requireRunning.run();
              return startUntilReady(successor.apply(process), name, timeout);
            },
            loop);
  }

  private CompletableFuture<Void> untilStopped(ManagedProcess process) {
    if (process.state().isRunning()) {
      return commands.stop(process, ProcessCommands.namespec(process), true);
    }
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    if (process.state().isStopped()) {
      stopped.complete(null);
    } else {
      process.watch(p -> !(p.state().isStopped() && stopped.complete(null)));
    }
    return stopped;
  }

  private CompletableFuture<Void> startUntilReady(
      ManagedProcess process, String name, Duration timeout) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Timer limit =
        loop.schedule(
            timeout,
            () ->
                ready.completeExceptionally(
                    new SupervisorException(
                        Fault.FAILED,
                        "%s: not ready after %d s, %s"
                            .formatted(name, timeout.toSeconds(), process.state()))));
    CompletionStage<Void> start = commands.start(process, name, true);
    start.whenComplete(
        (started, refused) -> {
          if (refused != null) {
            ready.completeExceptionally(explained(process, name, refused));
          } else if (!isSettled(process, name, ready)) {
            process.watch(p -> !isSettled(p, name, ready));
          }
        });
    return ready.whenComplete((done, failure) -> limit.cancel());
  }

  /** With what the process itself says of why it does not run: nobody looks it up by hand then. */
  private static Throwable explained(ManagedProcess process, String name, Throwable refused) {
    Throwable cause = refused instanceof CompletionException ? refused.getCause() : refused;
    return cause instanceof SupervisorException refusal && !process.spawnError().isEmpty()
        ? new SupervisorException(refusal.fault(), name + ": " + process.spawnError())
        : cause;
  }

  /** Completes {@code ready} once it is known; whether it is. */
  private static boolean isSettled(
      ManagedProcess process, String name, CompletableFuture<Void> ready) {
    if (process.isReady()) {
      ready.complete(null);
    } else if (!process.state().isRunning()) {
      ready.completeExceptionally(
          new SupervisorException(
              Fault.ABNORMAL_TERMINATION,
              "%s: %s before it was ready".formatted(name, process.state())));
    }
    return ready.isDone();
  }
}
