package ee.supervisor.control;

import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.Bytes;
import ee.supervisor.posix.Signals;
import ee.supervisor.process.CommandProblem;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Start, stop, signal and write to processes with the checks and faults of Supervisor's RPC
 * interface. Confined to the control loop; the futures complete on it.
 */
final class ProcessCommands {
  private final ProcessTable table;

  ProcessCommands(ProcessTable table) {
    this.table = table;
  }

  ManagedProcess process(String name) {
    Namespec spec = Namespec.parse(name);
    return table
        .group(spec.group())
        .flatMap(g -> spec.process().flatMap(g::process))
        .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, name));
  }

  List<ManagedProcess> group(String name) {
    return table
        .group(name)
        .map(ProcessGroup::byPriority)
        .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, name));
  }

  CompletableFuture<Void> start(ManagedProcess process, String name, boolean wait) {
    Optional<CommandProblem> problem = process.launcher().check();
    if (problem.isPresent()) {
      throw new SupervisorException(
          problem.get().notFound() ? Fault.NO_FILE : Fault.NOT_EXECUTABLE, problem.get().message());
    }
    if (process.state().isRunning()) {
      throw new SupervisorException(Fault.ALREADY_STARTED, name);
    }
    if (process.state() == ProcessState.UNKNOWN || process.child().isPresent()) {
      throw new SupervisorException(Fault.FAILED, name + " is in an unknown process state");
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    process.start();
    if (!startSettled(process, name, wait, done)) {
      process.watch(p -> !startSettled(p, name, wait, done));
    }
    return done;
  }

  /** Completes {@code done} once it is known how a start went; returns whether it is. */
  private static boolean startSettled(
      ManagedProcess process, String name, boolean wait, CompletableFuture<Void> done) {
    if (!process.spawnError().isEmpty()) {
      done.completeExceptionally(new SupervisorException(Fault.SPAWN_ERROR, name));
    } else if (process.state() != ProcessState.STARTING
        && process.state() != ProcessState.RUNNING) {
      done.completeExceptionally(new SupervisorException(Fault.ABNORMAL_TERMINATION, name));
    } else if (process.state() == ProcessState.RUNNING || (!wait && !process.isLaunching())) {
      done.complete(null);
    }
    return done.isDone();
  }

  CompletableFuture<Void> stop(ManagedProcess process, String name, boolean wait) {
    if (!process.state().isRunning()) {
      throw new SupervisorException(Fault.NOT_RUNNING, name);
    }
    process
        .stop()
        .ifPresent(
            why -> {
              throw new SupervisorException(Fault.FAILED, why);
            });
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (!wait || process.state().isStopped()) {
      done.complete(null);
    } else {
      process.reportStopping();
      process.watch(p -> !(p.state().isStopped() && done.complete(null)));
    }
    return done;
  }

  CompletableFuture<Void> signal(ManagedProcess process, String name, String signal) {
    int number = signalNumber(signal);
    if (!process.state().isSignallable()) {
      throw new SupervisorException(Fault.NOT_RUNNING, name);
    }
    process
        .signal(number)
        .ifPresent(
            why -> {
              throw new SupervisorException(Fault.FAILED, why);
            });
    return CompletableFuture.completedFuture(null);
  }

  private static int signalNumber(String signal) {
    try {
      return Signals.number(signal);
    } catch (IllegalArgumentException e) {
      throw new SupervisorException(Fault.BAD_SIGNAL, signal);
    }
  }

  /** Starts those that do not run. */
  CompletableFuture<List<ProcessResult>> startEach(List<ManagedProcess> all, boolean wait) {
    return forEach(
        all,
        p -> !p.state().isRunning(),
        p -> start(p, namespec(p), wait),
        p -> !wait || p.config().startsecs() <= 0);
  }

  /** Stops those that run. */
  CompletableFuture<List<ProcessResult>> stopEach(List<ManagedProcess> all, boolean wait) {
    return forEach(all, p -> p.state().isRunning(), p -> stop(p, namespec(p), wait), p -> !wait);
  }

  /** Signals those that can be signalled. */
  CompletableFuture<List<ProcessResult>> signalEach(List<ManagedProcess> all, String signal) {
    return forEach(
        all, p -> p.state().isSignallable(), p -> signal(p, namespec(p), signal), p -> true);
  }

  CompletableFuture<Void> sendStdin(ManagedProcess process, String name, Bytes data) {
    if (process.child().isEmpty() || process.isStopRequested()) {
      throw new SupervisorException(Fault.NOT_RUNNING, name);
    }
    return process
        .writeStdin(data)
        .<Void>thenApply(
            accepted -> {
              if (!accepted) {
                throw new SupervisorException(Fault.NO_FILE, name);
              }
              return null;
            })
        .toCompletableFuture();
  }

  /**
   * Carries {@code command} out for those of {@code processes} that match, and gathers how each
   * went.
   *
   * @param settlesAtOnce whether Supervisor knows at once how it went; see {@link Outcomes}
   */
  CompletableFuture<List<ProcessResult>> forEach(
      List<ManagedProcess> processes,
      Predicate<ManagedProcess> which,
      Function<ManagedProcess, CompletableFuture<Void>> command,
      Predicate<ManagedProcess> settlesAtOnce) {
    Outcomes outcomes = new Outcomes();
    processes.stream()
        .filter(which)
        .forEach(p -> outcomes.add(result(p, command), settlesAtOnce.test(p)));
    return outcomes.all();
  }

  private static CompletableFuture<ProcessResult> result(
      ManagedProcess process, Function<ManagedProcess, CompletableFuture<Void>> command) {
    CompletableFuture<Void> done;
    try {
      done = command.apply(process);
    } catch (SupervisorException refused) {
      done = CompletableFuture.failedFuture(refused);
    }
    return done.handle(
        (nothing, error) -> {
          String group = process.info().group();
          String name = process.info().name();
          if (error == null) {
            return new ProcessResult(group, name, Fault.SUCCESS, "OK");
          }
          Throwable cause = error instanceof CompletionException ? error.getCause() : error;
          Fault fault =
              cause instanceof SupervisorException refused ? refused.fault() : Fault.FAILED;
          return new ProcessResult(group, name, fault, String.valueOf(cause.getMessage()));
        });
  }

  static String namespec(ManagedProcess process) {
    return Namespec.of(process.info().group(), process.info().name());
  }
}
