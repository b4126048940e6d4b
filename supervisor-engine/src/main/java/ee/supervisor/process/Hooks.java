package ee.supervisor.process;

import ee.supervisor.config.HooksConfig;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Runs the commands that are configured around the life of a process, one after the other: the next
 * start waits for what belongs to the last end. Confined to the control loop.
 */
final class Hooks {
  private final String name;
  private final HooksConfig config;
  private final ProcessServices services;
  private final ChildLauncher launcher;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private Optional<CommandRun> running = Optional.empty();

  /** Whether what runs now may be killed by {@link #interrupt}. */
  private boolean interruptible;

  private boolean busy;

  Hooks(String name, HooksConfig config, ProcessServices services, ChildLauncher launcher) {
    this.name = name;
    this.config = config;
    this.services = services;
    this.launcher = launcher;
  }

  /** Whether one runs, or waits for that. */
  boolean isBusy() {
    return busy;
  }

  /** Whether a start has to wait for something. */
  boolean delayStart() {
    return busy || config.preStart().isPresent();
  }

  /**
   * Runs what comes before a start, after what is still running.
   *
   * @param then told why the program must not be started, if so
   */
  void beforeStart(Consumer<Optional<String>> then) {
    inTurn(
        () -> {
          if (config.preStart().isEmpty()) {
            goOn(() -> then.accept(Optional.empty()));
          } else {
            run("pre_start_hook", config.preStart().get(), Map.of(), true, then);
          }
        });
  }

  /** Runs what comes after a start; the program goes on whatever comes of it. */
  void afterStart(int pid) {
    config
        .postStart()
        .ifPresent(
            command ->
                inTurn(() -> run("post_start_hook", command, mainPid(pid), true, nothing -> {})));
  }

  /** Whether something comes before the stop signal, or in place of it. */
  boolean delayStop() {
    return config.preStop().isPresent() || config.stopCommand().isPresent();
  }

  /** Runs what comes before a stop; that goes on whatever comes of it. */
  void beforeStop(int pid, Runnable then) {
    if (config.preStop().isEmpty()) {
      then.run();
      return;
    }
    inTurn(
        () ->
            run(
                "pre_stop_hook",
                config.preStop().get(),
                mainPid(pid),
                true,
                failure -> then.run()));
  }

  /**
   * Runs what asks the program to stop in place of a signal.
   *
   * @param failed run when the signal is needed after all
   * @return whether there is such a command
   */
  boolean stopCommand(int pid, Runnable failed) {
    if (config.stopCommand().isEmpty()) {
      return false;
    }
    inTurn(
        () ->
            run(
                "stop_command",
                config.stopCommand().get(),
                mainPid(pid),
                true,
                failure -> failure.ifPresent(why -> failed.run())));
    return true;
  }

  /** Whether something comes after the end. */
  boolean followsEnd() {
    return config.postStop().isPresent();
  }

  /** Runs what comes after the end, and then {@code then}. */
  void afterStop(int pid, Runnable then) {
    inTurn(
        () ->
            run(
                "post_stop_hook",
                config.postStop().orElseThrow(),
                mainPid(pid),
                false,
                failure -> then.run()));
  }

  private static Map<String, String> mainPid(int pid) {
    return Map.of("MAINPID", Integer.toString(pid));
  }

  /** Kills what runs and forgets what waits, unless it belongs to the end of the program. */
  void interrupt(String why) {
    if (interruptible) {
      running.ifPresent(run -> run.kill(why));
    }
  }

  private void inTurn(Runnable hook) {
    if (busy) {
      waiting.add(hook);
    } else {
      busy = true;
      hook.run();
    }
  }

  private void run(
      String hook,
      String command,
      Map<String, String> variables,
      boolean mayBeInterrupted,
      Consumer<Optional<String>> then) {
    services.log().debug("running " + hook + " of " + name + ": " + command);
    interruptible = mayBeInterrupted;
    Consumer<CommandOutcome> done = outcome -> ended(hook, outcome, then);
    try {
      running = Optional.of(launcher.run(command, variables, true, config.timeout(), done));
    } catch (Throwable thrown) {
      services.guard().report(hook + " of ", name, thrown);
      done.accept(CommandOutcome.failed(thrown.toString()));
    }
  }

  private void ended(String hook, CommandOutcome outcome, Consumer<Optional<String>> then) {
    running = Optional.empty();
    interruptible = false;
    Optional<String> failure = outcome.failure().map(why -> hook + " failed: " + why);
    failure.ifPresent(why -> services.log().warn(name + ": " + why));
    goOn(() -> then.accept(failure));
  }

  /** What comes of one hook, then the next. */
  private void goOn(Runnable then) {
    Runnable next = waiting.poll();
    busy = next != null;
    services.guard().run(name, then);
    if (next != null) {
      next.run();
    }
  }
}
