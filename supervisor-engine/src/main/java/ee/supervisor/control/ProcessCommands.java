package ee.supervisor.control;

import ee.supervisor.event.ProcessState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.UnusableCommandException;
import ee.supervisor.process.Dependencies;
import ee.supervisor.process.DependencyGraph;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessTable;
import ee.supervisor.process.Timer;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.protocol.Signals;
import ee.supervisor.text.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Start, stop, signal and write to processes with the checks and faults of Supervisor's RPC
 * interface. Confined to the control loop; the futures complete on it.
 */
final class ProcessCommands {
  /** How long other commands for a process wait for the look at its program. */
  private static final Duration ORDER_PATIENCE = Duration.ofSeconds(1);

  /** How long a client waits for it: its file system may never respond. */
  private static final Duration LOOK_PATIENCE = Duration.ofSeconds(30);

  private final ProcessTable table;
  private final ControlLoop loop;
  private final Dependencies dependencies;
  private final Runnable requireRunning;
  private final ActivityLog log;

  /** Starts that have been asked for and whose program is being looked at. */
  private final Map<ManagedProcess, CompletableFuture<Void>> looking = new HashMap<>();

  /**
   * Commands for the processes of {@code table}.
   *
   * @param dependencies who of them needs whom
   * @param requireRunning refuses when nothing may be started any more
   */
  ProcessCommands(
      ProcessTable table,
      ControlLoop loop,
      Dependencies dependencies,
      Runnable requireRunning,
      ActivityLog log) {
    this.log = log;
    this.table = table;
    this.loop = loop;
    this.dependencies = dependencies;
    this.requireRunning = requireRunning;
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

  /** How a start is made. */
  private enum Manner {
    /** What it needs is brought up before. */
    WITH_NEEDED,
    /** The same; one that was brought up for another meanwhile is no mistake. */
    AMONG_OTHERS,
    /** At once, whatever it needs. */
    ALONE
  }

  /** Looks at its program first, which takes files and therefore time. */
  CompletableFuture<Void> start(ManagedProcess process, String name, boolean wait) {
    return start(process, name, wait, Manner.WITH_NEEDED);
  }

  /** Starts it, whatever it needs. */
  CompletableFuture<Void> startAlone(ManagedProcess process, String name, boolean wait) {
    return start(process, name, wait, Manner.ALONE);
  }

  private CompletableFuture<Void> start(
      ManagedProcess process, String name, boolean wait, Manner manner) {
    return inTurn(List.of(process), () -> look(process, name, wait, manner));
  }

  private CompletableFuture<Void> look(
      ManagedProcess process, String name, boolean wait, Manner manner) {
    CompletableFuture<Void> response = new CompletableFuture<>();
    CompletableFuture<Void> looked = new CompletableFuture<>();
    looking.put(process, looked);
    Runnable others =
        () -> {
          looking.remove(process, looked);
          looked.complete(null);
        };
    Timer order = loop.schedule(ORDER_PATIENCE, others);
    Timer patience = loop.schedule(LOOK_PATIENCE, () -> response.completeExceptionally(dead(name)));
    process
        .launcher()
        .check()
        .whenComplete(
            (problem, error) -> {
              order.cancel();
              patience.cancel();
              if (!response.isDone()) {
                follow(response, () -> startLooked(process, name, wait, manner, problem, error));
              }
              others.run();
            });
    return response;
  }

  private static SupervisorException dead(String name) {
    return new SupervisorException(
        Fault.FAILED, name + ": the file system of its command does not answer");
  }

  /** Has {@code response} become what {@code command} comes to. */
  private static <T> void follow(
      CompletableFuture<T> response, Supplier<CompletableFuture<T>> command) {
    try {
      CompletionStage<T> done = command.get();
      done.whenComplete(
          (value, error) -> {
            if (error == null) {
              response.complete(value);
            } else {
              response.completeExceptionally(error);
            }
          });
    } catch (Throwable thrown) {
      response.completeExceptionally(thrown);
    }
  }

  /** Has commands for a process carried out in the order in which they came. */
  private <T> CompletableFuture<T> inTurn(
      List<ManagedProcess> processes, Supplier<CompletableFuture<T>> command) {
    CompletableFuture<?>[] before =
        looking.isEmpty()
            ? new CompletableFuture<?>[0]
            : processes.stream()
                .map(looking::get)
                .filter(Objects::nonNull)
                .toArray(CompletableFuture[]::new);
    return before.length == 0
        ? command.get()
        : CompletableFuture.allOf(before).thenComposeAsync(done -> command.get(), loop);
  }

  private CompletableFuture<Void> startLooked(
      ManagedProcess process,
      String name,
      boolean wait,
      Manner manner,
      Optional<UnusableCommandException> problem,
      Throwable error) {
    if (error != null) {
      return CompletableFuture.failedFuture(error);
    }
    if (problem.isPresent()) {
      boolean missing = problem.get().kind() == UnusableCommandException.Kind.NOT_FOUND;
      throw new SupervisorException(
          missing ? Fault.NO_FILE : Fault.NOT_EXECUTABLE, problem.get().getMessage());
    }
    return startChecked(process, name, wait, manner);
  }

  private CompletableFuture<Void> startChecked(
      ManagedProcess process, String name, boolean wait, Manner manner) {
    requireRunning.run();
    if (!table.find(process.info().group(), process.info().name()).equals(Optional.of(process))) {
      // Its group was removed meanwhile.
      throw new SupervisorException(Fault.BAD_NAME, name);
    }
    boolean broughtUp = manner == Manner.AMONG_OTHERS && process.state().isRunning();
    if (process.state().isRunning() && !broughtUp) {
      throw new SupervisorException(Fault.ALREADY_STARTED, name);
    }
    if (process.state() == ProcessState.STOPPING) {
      log.warn("process '%s' already running".formatted(process.config().name()));
      throw new SupervisorException(Fault.ABNORMAL_TERMINATION, name);
    }
    if (!broughtUp && !process.isStartable()) {
      throw new SupervisorException(Fault.FAILED, name + " is in an unknown process state");
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (manner == Manner.ALONE) {
      process.start();
    } else if (!broughtUp) {
      dependencies.start(process);
    }
    if (!startSettled(process, name, wait, done)) {
      process.watch(p -> !startSettled(p, name, wait, done));
    }
    return done;
  }

  /** Completes {@code done} once it is known how a start went; returns whether it is. */
  private static boolean startSettled(
      ManagedProcess process, String name, boolean wait, CompletableFuture<Void> done) {
    if (process.isWaiting()) {
      if (!wait) {
        done.complete(null);
      } else if (process.isStuck()) {
        done.completeExceptionally(new SupervisorException(Fault.SPAWN_ERROR, name));
      }
    } else if (!process.spawnError().isEmpty()) {
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
    return inTurn(List.of(process), () -> stopNow(process, name, wait));
  }

  private CompletableFuture<Void> stopNow(ManagedProcess process, String name, boolean wait) {
    if (process.isWaiting() && !process.state().isRunning()) {
      dependencies.forget(process);
      return CompletableFuture.completedFuture(null);
    }
    // one that is on its way to be started again, by nobody's command, stops there
    if (process.state() == ProcessState.STOPPING && process.cancelRestart()) {
      return whenStopped(process, wait);
    }
    if (!process.state().isRunning()) {
      throw new SupervisorException(Fault.NOT_RUNNING, name);
    }
    process
        .stop()
        .ifPresent(
            why -> {
              throw new SupervisorException(Fault.FAILED, why);
            });
    return whenStopped(process, wait);
  }

  private static CompletableFuture<Void> whenStopped(ManagedProcess process, boolean wait) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (!wait || process.state().isStopped()) {
      done.complete(null);
    } else {
      process.reportStopping();
      process.watch(p -> !(p.state().isStopped() && done.complete(null)));
    }
    return done;
  }

  /** Stops it if it runs, and starts it. */
  CompletableFuture<Void> restart(ManagedProcess process, String name) {
    if (process.state() == ProcessState.STOPPING) {
      // somebody else has it stopped already
      return whenStopped(process, true)
          .thenComposeAsync(stopped -> startAgain(process, name), loop);
    }
    if (!process.state().isRunning()) {
      // another restart may be between its stop and its start
      return startAgain(process, name);
    }
    // on the loop's next turn, when the transition that ends the stop is complete
    return result(process, p -> stop(p, name, true))
        .thenComposeAsync(
            stopped -> {
              if (stopped.stopFailed()) {
                throw SupervisorException.of(stopped);
              }
              return startAgain(process, name);
            },
            loop);
  }

  /** Starts what does not run at a restart; if somebody else has done so, that is as good. */
  private CompletableFuture<Void> startAgain(ManagedProcess process, String name) {
    return start(process, name, true)
        .exceptionallyCompose(
            thrown -> {
              Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
              boolean started =
                  cause instanceof SupervisorException refused
                      && refused.fault() == Fault.ALREADY_STARTED;
              return started
                  ? CompletableFuture.completedFuture(null)
                  : CompletableFuture.failedFuture(cause);
            });
  }

  CompletableFuture<Void> signal(ManagedProcess process, String name, String signal) {
    return inTurn(List.of(process), () -> signalNow(process, name, signal));
  }

  private CompletableFuture<Void> signalNow(ManagedProcess process, String name, String signal) {
    int number = signalNumber(signal);
    // one that is being started has no child yet
    if (!process.state().isSignallable() || process.child().isEmpty()) {
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

  /** Starts those that do not run, each after what it needs. */
  CompletableFuture<List<ProcessResult>> startEach(List<ManagedProcess> all, boolean wait) {
    return startEach(all, wait, Manner.AMONG_OTHERS);
  }

  /** Starts those that do not run, whatever they need. */
  CompletableFuture<List<ProcessResult>> startEachAlone(List<ManagedProcess> all, boolean wait) {
    return startEach(all, wait, Manner.ALONE);
  }

  private CompletableFuture<List<ProcessResult>> startEach(
      List<ManagedProcess> all, boolean wait, Manner manner) {
    return forEach(
        all,
        p -> !p.state().isRunning(),
        p -> start(p, namespec(p), wait, manner),
        p -> !wait || p.config().start().isImmediate());
  }

  /** Stops those that run, each after those among them that need it. */
  CompletableFuture<List<ProcessResult>> stopEach(List<ManagedProcess> all, boolean wait) {
    if (!dependencies.areThere()) {
      return forEach(
          all, ProcessCommands::canBeStopped, p -> stop(p, namespec(p), wait), p -> !wait);
    }
    return inTurn(
        all,
        () -> {
          List<ManagedProcess> up = all.stream().filter(ProcessCommands::canBeStopped).toList();
          OrderedStop stop =
              new OrderedStop(dependencies.graph(), all, this::stopUnlessAllAre, loop);
          return forEach(up, p -> true, p -> stop.end(p, wait), p -> !wait);
        });
  }

  /** On the way down each is stopped when its time has come: others may need it since. */
  private CompletableFuture<Void> stopUnlessAllAre(ManagedProcess process) {
    return dependencies.isOpen()
        ? stop(process, namespec(process), true)
        : whenStopped(process, true);
  }

  /**
   * As {@link #stopEach(List, boolean)}, together with others.
   *
   * @param all those and others
   * @return how it went for {@code some} alone
   */
  CompletableFuture<List<ProcessResult>> stopEach(
      List<ManagedProcess> some, List<ManagedProcess> all, boolean wait) {
    CompletableFuture<List<ProcessResult>> stopped = stopEach(all, wait);
    if (some.size() == all.size()) {
      return stopped;
    }
    Set<String> names = some.stream().map(ProcessCommands::namespec).collect(Collectors.toSet());
    return stopped.thenApply(
        results -> results.stream().filter(r -> names.contains(r.namespec())).toList());
  }

  static boolean canBeStopped(ManagedProcess process) {
    return process.state().isRunning() || process.isWaiting();
  }

  /** Stops a process, and before it those that need it. */
  CompletableFuture<List<ProcessResult>> stopWithDependents(
      List<ManagedProcess> processes, boolean wait) {
    DependencyGraph<ManagedProcess> graph = dependencies.graph();
    List<ManagedProcess> all = new ArrayList<>(graph.inStartOrder(graph.withDependents(processes)));
    Collections.reverse(all);
    return stopEach(all, wait);
  }

  /** Stops those that run, then starts all but those that could not be stopped. */
  CompletableFuture<List<ProcessResult>> restartEach(List<ManagedProcess> all) {
    return stopEach(all, true)
        .thenComposeAsync(
            stopped -> {
              List<ProcessResult> failed =
                  stopped.stream().filter(ProcessResult::stopFailed).toList();
              return startEach(all.stream().filter(p -> !isAmong(failed, p)).toList(), true)
                  .thenApply(started -> Stream.concat(failed.stream(), started.stream()).toList());
            },
            loop);
  }

  private static boolean isAmong(List<ProcessResult> results, ManagedProcess process) {
    return results.stream()
        .anyMatch(
            result ->
                result.group().equals(process.info().group())
                    && result.name().equals(process.info().name()));
  }

  /** Signals those that can be signalled. */
  CompletableFuture<List<ProcessResult>> signalEach(List<ManagedProcess> all, String signal) {
    return forEach(
        all,
        p -> p.state().isSignallable() && p.child().isPresent(),
        p -> signal(p, namespec(p), signal),
        p -> true);
  }

  CompletableFuture<Void> sendStdin(ManagedProcess process, String name, Bytes data) {
    return inTurn(List.of(process), () -> sendStdinNow(process, name, data));
  }

  private CompletableFuture<Void> sendStdinNow(ManagedProcess process, String name, Bytes data) {
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
    return inTurn(
        processes,
        () -> {
          Outcomes outcomes = new Outcomes();
          processes.stream()
              .filter(which)
              .forEach(p -> outcomes.add(result(p, command), settlesAtOnce.test(p)));
          return outcomes.all();
        });
  }

  /** How {@code command} went for {@code process}; never fails itself. */
  static CompletableFuture<ProcessResult> result(
      ManagedProcess process, Function<ManagedProcess, CompletableFuture<Void>> command) {
    CompletableFuture<Void> done;
    try {
      done = command.apply(process);
    } catch (Throwable thrown) {
      // That of one process: the others have theirs.
      done = CompletableFuture.failedFuture(thrown);
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
