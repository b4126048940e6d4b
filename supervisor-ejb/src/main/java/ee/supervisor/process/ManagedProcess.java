package ee.supervisor.process;

import ee.supervisor.config.Autorestart;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.Bytes;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.Signals;
import ee.supervisor.posix.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The state machine of one supervised process (manual: "Process States"). Confined to the control
 * loop, but for {@link #info()}.
 */
public final class ManagedProcess {
  private static final Duration STOP_REPORT_INTERVAL = Duration.ofSeconds(2);

  /** Hears of every change of a process's state. */
  @FunctionalInterface
  public interface Watcher {
    /** Called on the control loop, after the change; false ends the watch. */
    boolean changed(ManagedProcess process);
  }

  private final String group;
  private final ProcessConfig config;
  private final ProcessServices services;
  private final ChildLauncher launcher;
  private final RestartPacing pacing = new RestartPacing();
  private final List<Watcher> watchers = new ArrayList<>();

  private ProcessState state = ProcessState.STOPPED;
  private Optional<ChildProcess> child = Optional.empty();
  private boolean launching;
  private boolean stopRequested;
  private boolean everStarted;
  private int backoff;
  private long starts;
  private long startedNanos;
  private Instant start = Instant.EPOCH;
  private Instant stop = Instant.EPOCH;
  private String spawnError = "";
  private int exitStatus;
  private Timer timer = () -> {};
  private Timer stopReport = () -> {};
  private volatile ProcessInfo info;

  ManagedProcess(
      String group, ProcessConfig config, ProcessServices services, ChildLauncher launcher) {
    this.group = group;
    this.config = config;
    this.services = services;
    this.launcher = launcher;
    publish();
  }

  /** The process as it is now; from any thread. */
  public ProcessInfo info() {
    return info;
  }

  /** Its configuration. */
  public ProcessConfig config() {
    return config;
  }

  /** Its state. */
  public ProcessState state() {
    return state;
  }

  /** Why its last start failed or its last end was bad; empty if neither. */
  public String spawnError() {
    return spawnError;
  }

  /** What makes its children. */
  public ChildLauncher launcher() {
    return launcher;
  }

  /** The running child, if there is one. */
  public Optional<ChildProcess> child() {
    return child;
  }

  /** Whether a start has been asked for whose child does not exist yet. */
  public boolean isLaunching() {
    return launching;
  }

  /** Whether it was asked to stop and has not ended yet. */
  public boolean isStopRequested() {
    return stopRequested;
  }

  /** Adds a watcher of state changes, and of a launch that came to its end. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  // ---- commands
  // ----------------------------------------------------------------------------------------------

  /** Starts it if it is configured to start with supervisord and was never started. */
  void autostart() {
    if (state == ProcessState.STOPPED
        && !everStarted
        && config.autostart()
        && services.startsAllowed()) {
      spawn();
    }
  }

  /** Starts it at an operator's request. */
  public void start() {
    pacing.reset();
    timer.cancel();
    spawn();
  }

  /**
   * Asks it to stop: stopsignal now, SIGKILL after stopwaitsecs; one that waits for its next try is
   * stopped at once.
   *
   * @return why that was not possible, if so
   */
  public Optional<String> stop() {
    pacing.reset();
    return kill(config.stopsignal());
  }

  /** Logs that somebody is waiting for it to stop, now and every two seconds until it has. */
  public void reportStopping() {
    if (state != ProcessState.STOPPING) {
      return;
    }
    stopReport.cancel();
    services.log().info("waiting for " + config.name() + " to stop");
    stopReport = services.schedule(STOP_REPORT_INTERVAL, this::reportStopping);
  }

  /** At shutdown: stops it if it runs, gives up on it if it waits for its next try. */
  void shutDown() {
    switch (state) {
      case RUNNING, STARTING -> stop();
      case BACKOFF -> giveUp();
      case EXITED -> timer.cancel();
      case STOPPED, STOPPING, FATAL, UNKNOWN -> {}
    }
  }

  /**
   * Sends a signal without meaning to stop it.
   *
   * @return why that was not possible, if so
   */
  public Optional<String> signal(int signal) {
    if (child.isEmpty()) {
      String message =
          "attempted to send "
              + config.name()
              + " sig "
              + Signals.name(signal)
              + " but it wasn't running";
      services.log().debug(message);
      return Optional.of(message);
    }
    int pid = child.get().pid();
    services
        .log()
        .debug("sending " + config.name() + " (pid " + pid + ") sig " + Signals.name(signal));
    try {
      child.get().signal(signal, false);
      return Optional.empty();
    } catch (PosixException e) {
      return becomeUnknown(
          "unknown problem sending sig " + config.name() + " (" + pid + "): " + e.getMessage());
    }
  }

  /**
   * Writes to its stdin; completes with false when that is closed, and at once if it is not
   * running.
   */
  public CompletionStage<Boolean> writeStdin(Bytes data) {
    return child.isEmpty() || stopRequested
        ? CompletableFuture.completedStage(false)
        : child.get().writeStdin(data);
  }

  // ---- starting
  // ----------------------------------------------------------------------------------------------

  private void spawn() {
    stopRequested = false;
    spawnError = "";
    exitStatus = 0;
    everStarted = true;
    starts++;
    start = Instant.now();
    startedNanos = System.nanoTime();
    launching = true;
    change(ProcessState.STARTING, true);
    launcher.launch(this, this::launched, this::notLaunched);
  }

  private void launched(ChildProcess made) {
    launching = false;
    child = Optional.of(made);
    services.log().info("spawned: '" + config.name() + "' with pid " + made.pid());
    services.watch(made.pidfd(), () -> made.drain(services, () -> exited(made)));
    launcher.launched(this);
    if (stopRequested) {
      // Stopped between the order and the birth: the signal is due now.
      publish();
      send(config.stopsignal(), config.stopasgroup());
    } else if (config.startsecs() == 0) {
      enterRunning();
    } else {
      timer = services.schedule(Duration.ofSeconds(config.startsecs()), this::enterRunning);
    }
    publish();
    notifyWatchers();
  }

  private void notLaunched(String why) {
    launching = false;
    spawnError = why;
    services.log().info("spawnerr: " + why);
    if (stopRequested) {
      timer.cancel();
      stopRequested = false;
      change(ProcessState.STOPPED, true);
    } else {
      enterBackoff();
    }
  }

  private void enterRunning() {
    backoff = 0;
    change(ProcessState.RUNNING, true);
    services
        .log()
        .info(
            "success: "
                + config.name()
                + " entered RUNNING state, process has stayed up for > than "
                + config.startsecs()
                + " seconds (startsecs)");
  }

  private void enterBackoff() {
    backoff++;
    change(ProcessState.BACKOFF, true);
    if (backoff > config.startretries()) {
      giveUp();
      services
          .log()
          .info(
              "gave up: "
                  + config.name()
                  + " entered FATAL state, too many start retries too quickly");
    } else {
      timer = services.schedule(Duration.ofSeconds(backoff), this::retry);
    }
  }

  private void retry() {
    if (state == ProcessState.BACKOFF && services.startsAllowed()) {
      spawn();
    }
  }

  private void giveUp() {
    timer.cancel();
    backoff = 0;
    change(ProcessState.FATAL, true);
  }

  // ---- stopping
  // ----------------------------------------------------------------------------------------------

  private Optional<String> kill(int signal) {
    if (state == ProcessState.BACKOFF) {
      services.log().debug("Attempted to kill " + config.name() + ", which is in BACKOFF state.");
      timer.cancel();
      change(ProcessState.STOPPED, true);
      return Optional.empty();
    }
    if (child.isEmpty() && !launching) {
      String message =
          "attempted to kill "
              + config.name()
              + " with sig "
              + Signals.name(signal)
              + " but it wasn't running";
      services.log().debug(message);
      return Optional.of(message);
    }
    boolean asGroup = state == ProcessState.STOPPING ? config.killasgroup() : config.stopasgroup();
    stopRequested = true;
    timer.cancel();
    timer = services.schedule(Duration.ofSeconds(config.stopwaitsecs()), this::stopTimedOut);
    change(ProcessState.STOPPING, true);
    return child.isEmpty() ? Optional.empty() : send(signal, asGroup);
  }

  private Optional<String> send(int signal, boolean asGroup) {
    int pid = child.orElseThrow().pid();
    services
        .log()
        .debug(
            "killing "
                + config.name()
                + " (pid "
                + pid
                + ") "
                + (asGroup ? "process group " : "")
                + "with signal "
                + Signals.name(signal));
    try {
      child.get().signal(signal, asGroup);
      return Optional.empty();
    } catch (PosixException e) {
      return becomeUnknown(
          "unknown problem killing " + config.name() + " (" + pid + "):" + e.getMessage());
    }
  }

  private void stopTimedOut() {
    if (child.isPresent()) {
      services
          .log()
          .warn("killing '" + config.name() + "' (" + child.get().pid() + ") with SIGKILL");
    }
    kill(Signals.SIGKILL);
  }

  private Optional<String> becomeUnknown(String message) {
    services.log().critical(message);
    timer.cancel();
    stopRequested = false;
    change(ProcessState.UNKNOWN, true);
    return Optional.of(message);
  }

  // ---- ending
  // ------------------------------------------------------------------------------------------------

  /** The child has exited, its pipes are drained: reap it and go on. */
  private void exited(ChildProcess ended) {
    WaitStatus status = ended.reap();
    services.childReaped();
    timer.cancel();
    stopReport.cancel();
    stop = Instant.now();
    Duration lived = Duration.ofNanos(System.nanoTime() - startedNanos);
    boolean expected = config.exitcodes().contains(status.exitCode());
    if (stopRequested) {
      ended(
          ProcessState.STOPPED,
          "stopped: " + config.name() + " (" + status.describe() + ")",
          status,
          expected);
    } else if (state == ProcessState.STARTING
        && lived.compareTo(Duration.ofSeconds(config.startsecs())) < 0) {
      exitStatus = 0;
      spawnError = "Exited too quickly (process log may have details)";
      services
          .log()
          .warn("exited: " + config.name() + " (" + status.describe() + "; not expected)");
      forgetAfter(this::enterBackoff);
    } else {
      if (state == ProcessState.STARTING) {
        enterRunning();
      }
      backoff = 0;
      if (!expected) {
        spawnError = "Bad exit code " + status.exitCode();
      }
      String outcome = expected ? "; expected" : "; not expected";
      ended(
          ProcessState.EXITED,
          "exited: " + config.name() + " (" + status.describe() + outcome + ")",
          status,
          expected);
      restartAfter(lived);
    }
  }

  private void ended(ProcessState to, String message, WaitStatus status, boolean expected) {
    stopRequested = false;
    exitStatus = status.exitCode();
    if (expected) {
      services.log().info(message);
    } else {
      services.log().warn(message);
    }
    forgetAfter(() -> change(to, expected));
  }

  /** The event of the end still names the pid; afterwards there is none. */
  private void forgetAfter(Runnable transition) {
    transition.run();
    child = Optional.empty();
    publish();
    launcher.released(this);
  }

  private void restartAfter(Duration lived) {
    boolean wanted =
        config.autorestart() == Autorestart.ALWAYS
            || (config.autorestart() == Autorestart.UNEXPECTED
                && !config.exitcodes().contains(exitStatus));
    if (!wanted || !services.startsAllowed() || state != ProcessState.EXITED) {
      return;
    }
    Duration delay = pacing.delayAfter(lived);
    if (delay.isZero()) {
      spawn();
    } else {
      timer =
          services.schedule(
              delay,
              () -> {
                if (state == ProcessState.EXITED && services.startsAllowed()) {
                  spawn();
                }
              });
    }
  }

  // ---- state
  // -------------------------------------------------------------------------------------------------

  private void change(ProcessState to, boolean expected) {
    ProcessState from = state;
    if (from == to) {
      return;
    }
    state = to;
    publish();
    services
        .events()
        .publish(
            new Event.ProcessStateChanged(
                config.name(),
                group,
                from,
                to,
                child.map(ChildProcess::pid).orElse(0),
                backoff,
                expected));
    notifyWatchers();
  }

  private void notifyWatchers() {
    if (!watchers.isEmpty()) {
      // A watcher may add another, or change this very process.
      List<Watcher> told = List.copyOf(watchers);
      watchers.removeAll(told.stream().filter(w -> !w.changed(this)).toList());
    }
  }

  /** The pid of a child that has ended is for the event of its end, not for readers. */
  private void publish() {
    info =
        new ProcessInfo(
            group,
            config.name(),
            config,
            state,
            state.isSignallable() ? child.map(ChildProcess::pid).orElse(0) : 0,
            start,
            stop,
            spawnError,
            exitStatus,
            backoff,
            Math.max(0, starts - 1),
            launcher.stdoutLogfile(),
            launcher.stderrLogfile());
  }

  @Override
  public String toString() {
    return group + ":" + config.name() + " " + state;
  }
}
