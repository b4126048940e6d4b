package ee.supervisor.process;

import ee.supervisor.output.ChildStreams;
import ee.supervisor.output.OutputLoop;
import ee.supervisor.output.ProcessLogs;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.SpawnOrder;
import ee.supervisor.posix.SpawnResult;
import ee.supervisor.posix.UnusableCommandException;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of a command beside a program: a hook, a check. It leads a process group of its own, and
 * when its time is over all of that is killed. Confined to the control loop.
 */
public final class CommandRun {
  /** How long the end of one that was killed is waited for. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ProcessServices services;
  private final ProcessLogs logs;
  private final Duration timeout;
  private final Consumer<CommandOutcome> done;
  private final LastLine lastLine = new LastLine();
  private final Timer clock;
  private Optional<ChildProcess> child = Optional.empty();
  private Optional<String> killed = Optional.empty();
  private boolean over;

  /**
   * One that has not begun; its time is counted from now.
   *
   * @param logs where what it writes goes
   * @param done told once how it went
   */
  CommandRun(
      ProcessServices services, ProcessLogs logs, Duration timeout, Consumer<CommandOutcome> done) {
    this.services = services;
    this.logs = logs;
    this.timeout = timeout;
    this.done = done;
    this.clock = services.schedule(timeout, this::timedOut);
  }

  void begin(SpawnOrder order) {
    Impatience impatience = new Impatience(services);
    services
        .spawner()
        .spawn(
            order,
            services.loop(),
            result -> {
              impatience.end();
              if (result instanceof SpawnResult.Spawned spawned) {
                attach(spawned);
              } else {
                end(CommandOutcome.failed(reason(result)));
              }
            });
  }

  private void attach(SpawnResult.Spawned spawned) {
    spawned.stdin().ifPresent(Fd::close);
    ChildProcess made;
    try {
      ChildStreams streams =
          services
              .output()
              .attach(
                  logs,
                  spawned.process().pid(),
                  new OutputLoop.Ends(Optional.empty(), spawned.stdout(), spawned.stderr()),
                  lastLine);
      made = new ChildProcess(spawned.process(), streams, services.spawner().children());
    } catch (Throwable thrown) {
      services.guard().report("taking the output of a command", thrown);
      services.spawner().discard(spawned);
      end(CommandOutcome.failed(thrown.toString()));
      return;
    }
    child = Optional.of(made);
    services.watch(made.handle(), () -> made.drain(services, () -> exited(made)));
    if (over) {
      sendKill(made);
    }
  }

  private void exited(ChildProcess ended) {
    Optional<WaitStatus> status = ended.reap();
    if (status.isEmpty()) {
      services.watch(ended.handle(), () -> exited(ended));
      return;
    }
    child = Optional.empty();
    services.childReaped();
    if (killed.isPresent()) {
      end(CommandOutcome.failed(killed.get()));
    } else if (status.get().exitCode() == 0) {
      end(CommandOutcome.SUCCESS);
    } else {
      end(CommandOutcome.failed(status.get().describe() + lastLine.behind(": ")));
    }
  }

  private void timedOut() {
    kill("not done within " + Seconds.of(timeout));
  }

  /**
   * Kills it with all that is in its process group; it has failed then.
   *
   * @param why for the outcome
   */
  public void kill(String why) {
    if (over || killed.isPresent()) {
      return;
    }
    killed = Optional.of(why);
    if (child.isPresent()) {
      sendKill(child.get());
      // should the news of its end be lost
      services.schedule(GRACE, () -> end(CommandOutcome.failed(why)));
    } else {
      // Its file system does not answer: whoever waits for it need not.
      end(CommandOutcome.failed(why));
    }
  }

  private void sendKill(ChildProcess running) {
    try {
      running.signal(Signals.SIGKILL, true);
    } catch (PosixException e) {
      services.log().error("cannot kill a command (pid " + running.pid() + "): " + e.getMessage());
    }
  }

  private void end(CommandOutcome outcome) {
    if (!over) {
      over = true;
      clock.cancel();
      done.accept(outcome);
    }
  }

  private static String reason(SpawnResult result) {
    if (result instanceof SpawnResult.Unordered unordered) {
      return unordered.why() instanceof UnusableCommandException
          ? unordered.why().getMessage()
          : unordered.why().toString();
    }
    return "it could not be started: " + ((SpawnResult.Failed) result).errno().name();
  }
}
