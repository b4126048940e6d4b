package ee.supervisor.process;

import ee.supervisor.config.Autorestart;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.protocol.Signals;
import ee.supervisor.text.Bytes;
import java.time.Duration;
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
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
  private static final Duration STOP_REPORT_INTERVAL = Duration.ofSeconds(2);
  private static final String TOO_QUICKLY = "Exited too quickly (process log may have details)";

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
  private final ActivityLog log;
  private final LifeRecord life;
  private final RestartPacing pacing = new RestartPacing();
  private final List<Watcher> watchers = new ArrayList<>();

  private ProcessState state = ProcessState.STOPPED;

  /** Changed on the loop only; read without it when that has broken. */
  private volatile Optional<ChildProcess> child = Optional.empty();

  private boolean launching;
  private long launches;
  private boolean stopRequested;
  private int backoff;
  private Timer timer = () -> {};
  private Timer stopReport = () -> {};
  private long backoffUntilNanos;

  /** What looked wrong at the last audit: the same thing twice is wrong. */
  private Optional<Object> suspect = Optional.empty();

  private volatile ProcessInfo info;

  ManagedProcess(
      String group, ProcessConfig config, ProcessServices services, ChildLauncher launcher) {
    this.group = group;
    this.config = config;
    this.services = services;
    this.launcher = launcher;
    this.log = services.log();
    this.life = new LifeRecord(services.reactionTimes());
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
    return life.spawnError();
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

  /** Starts it if it is configured to start with supervisord and was never started. */
  void autostart() {
    if (state == ProcessState.STOPPED && config.start().automatic() && !life.everStarted()) {
      spawnIn(ProcessState.STOPPED);
    }
  }

  /** Starts it at an operator's request; it must be in a stopped state. */
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
    return kill(config.stop().signal());
  }

  /** Logs that somebody is waiting for it to stop, now and every two seconds until it has. */
  public void reportStopping() {
    if (state == ProcessState.STOPPING) {
      stopReport.cancel();
      log.info("waiting for " + config.name() + " to stop");
      stopReport = services.schedule(STOP_REPORT_INTERVAL, this::reportStopping);
    }
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
      return Optional.of(notRunning("send %s", signal));
    }
    log.debug(
        "sending %s (pid %d) sig %s"
            .formatted(config.name(), child.get().pid(), Signals.name(signal)));
    try {
      child.get().signal(signal, false);
      return Optional.empty();
    } catch (PosixException e) {
      return becomeUnknown("sending sig", e);
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

  private void spawn() {
    stopRequested = false;
    life.started();
    launching = true;
    change(ProcessState.STARTING, true);
    long number = ++launches;
    try {
      launcher.launch(this, made -> launched(number, made), why -> notLaunched(number, why));
    } catch (Throwable thrown) {
      services.guard().report("starting ", config.name(), thrown);
      notLaunched(number, "unknown error during fork for '" + config.name() + "': " + thrown);
    }
  }

  /** Starts it, unless its state has changed or supervisord is stopping. */
  private void spawnIn(ProcessState expected) {
    if (state == expected && services.startsAllowed()) {
      spawn();
    }
  }

  private void launched(long number, ChildProcess made) {
    if (!isAwaited(number)) {
      discard(made);
      return;
    }
    launching = false;
    child = Optional.of(made);
    // First of all: whatever else may fail, the end of a child is heard of.
    services.watch(made.handle(), () -> ended(made));
    life.born();
    log.info("spawned: '" + config.name() + "' with pid " + made.pid());
    launcher.launched(this);
    if (stopRequested) {
      // Stopped between the order and the birth: the signal is due now.
      send(config.stop().signal(), config.stop().signalsGroup());
    } else if (config.start().isImmediate()) {
      enterRunning();
    } else {
      timer = services.schedule(config.start().minimumUptime(), this::enterRunning);
    }
    publish();
    tellWatchers();
  }

  /** Whether a launch is the one that is waited for, and has not been given up. */
  private boolean isAwaited(long number) {
    return launching && number == launches;
  }

  /** A child that came when nobody waited for it any more. */
  private void discard(ChildProcess made) {
    services.watch(
        made.handle(),
        () ->
            made.drain(
                services,
                () -> {
                  made.reap();
                  launcher.unused();
                }));
    try {
      made.signal(Signals.SIGKILL, true);
    } catch (PosixException e) {
      refused("killing", made.pid(), e.getMessage());
    }
  }

  private void notLaunched(long number, String why) {
    if (!isAwaited(number)) {
      return;
    }
    launching = false;
    life.notBorn(why);
    log.info("spawnerr: " + why);
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
    // a listener gets its first event by the change, and the log reports that after this
    log.info(
        "success: %s entered RUNNING state, process has stayed up for > than %d seconds (startsecs)"
            .formatted(config.name(), config.start().minimumUptime().toSeconds()));
    change(ProcessState.RUNNING, true);
  }

  private void enterBackoff() {
    backoff++;
    change(ProcessState.BACKOFF, true);
    if (backoff > config.start().retries()) {
      giveUp();
      log.info(
          "gave up: " + config.name() + " entered FATAL state, too many start retries too quickly");
    } else {
      backoffUntilNanos = System.nanoTime() + Duration.ofSeconds(backoff).toNanos();
      timer = services.schedule(Duration.ofSeconds(backoff), () -> spawnIn(ProcessState.BACKOFF));
    }
  }

  private void giveUp() {
    timer.cancel();
    backoff = 0;
    change(ProcessState.FATAL, true);
  }

  private Optional<String> kill(int signal) {
    if (state == ProcessState.BACKOFF) {
      log.debug("Attempted to kill " + config.name() + ", which is in BACKOFF state.");
      timer.cancel();
      change(ProcessState.STOPPED, true);
      return Optional.empty();
    }
    if (child.isEmpty() && !launching) {
      return Optional.of(notRunning("kill %s with", signal));
    }
    ProcessConfig.Stop stop = config.stop();
    boolean group = state == ProcessState.STOPPING ? stop.killsGroup() : stop.signalsGroup();
    // SIGKILL takes a moment too: with stopwaitsecs=0 it would be repeated without a pause
    Duration least = state == ProcessState.STOPPING ? Duration.ofSeconds(1) : Duration.ZERO;
    Duration patience = stop.patience().compareTo(least) < 0 ? least : stop.patience();
    stopRequested = true;
    timer.cancel();
    timer = services.schedule(patience, this::stopTimedOut);
    change(ProcessState.STOPPING, true);
    return child.isEmpty() ? Optional.empty() : send(signal, group);
  }

  private Optional<String> send(int signal, boolean group) {
    ChildProcess running = child.orElseThrow();
    log.debug(
        "killing %s (pid %d) %swith signal %s"
            .formatted(
                config.name(), running.pid(), group ? "process group " : "", Signals.name(signal)));
    try {
      running.signal(signal, group);
      return Optional.empty();
    } catch (PosixException e) {
      return becomeUnknown("killing", e);
    }
  }

  private void stopTimedOut() {
    if (child.isEmpty()) {
      // Its program's file system does not respond: what becomes of it concerns nobody then.
      launching = false;
      stopRequested = false;
      change(ProcessState.STOPPED, true);
      return;
    }
    log.warn("killing '" + config.name() + "' (" + child.get().pid() + ") with SIGKILL");
    kill(Signals.SIGKILL);
  }

  private Optional<String> becomeUnknown(String attempt, PosixException why) {
    timer.cancel();
    stopRequested = false;
    change(ProcessState.UNKNOWN, true);
    return Optional.of(refused(attempt, child.orElseThrow().pid(), why.getMessage()));
  }

  /** The child has exited: its last output first, then all the rest. */
  private void ended(ChildProcess ended) {
    ended.drain(services, () -> exited(ended));
    if (state == ProcessState.RUNNING
        && child.filter(ended::equals).isPresent()
        && config.restart().when() != Autorestart.NEVER
        && services.startsAllowed()) {
      launcher.prepareNext();
    }
  }

  /** The child has exited, its pipes are drained: reap it and go on. */
  private void exited(ChildProcess ended) {
    if (child.filter(ended::equals).isEmpty()) {
      return; // heard of twice
    }
    Optional<WaitStatus> reaped = ended.reap();
    if (reaped.isEmpty()) {
      services.watch(ended.handle(), () -> exited(ended));
      return;
    }
    boolean settled = services.guard().run(this, () -> settle(ended, reaped.get()));
    if (!settled) {
      setRight();
      boolean expected = config.restart().expects(reaped.get().exitCode());
      if (state == ProcessState.EXITED && config.restart().when().isDue(expected)) {
        timer = services.schedule(RETRY_INTERVAL, () -> spawnIn(ProcessState.EXITED));
      }
    }
    launcher.forgetNext();
    services.childReaped();
  }

  private void settle(ChildProcess ended, WaitStatus status) {
    life.exited(status, ended.exitSeenNanos());
    timer.cancel();
    stopReport.cancel();
    Duration lived = life.sinceStart();
    boolean expected = config.restart().expects(status.exitCode());
    if (stopRequested) {
      stopRequested = false;
      life.ended(status.exitCode());
      logEnd("stopped: " + config.name() + " (" + status.describe() + ")", expected);
      changeAndForgetChild(() -> change(ProcessState.STOPPED, expected));
    } else if (state == ProcessState.STARTING
        && lived.compareTo(config.start().minimumUptime()) < 0) {
      life.ended(0);
      life.failed(TOO_QUICKLY);
      logExit(status, false);
      changeAndForgetChild(this::enterBackoff);
    } else {
      exitedAfterRunning(status, expected);
      restartAfter(lived, expected);
    }
  }

  private void exitedAfterRunning(WaitStatus status, boolean expected) {
    if (state == ProcessState.STARTING) {
      enterRunning();
    }
    backoff = 0;
    life.ended(status.exitCode());
    if (!expected) {
      life.failed("Bad exit code " + status.exitCode());
    }
    logExit(status, expected);
    changeAndForgetChild(() -> change(ProcessState.EXITED, expected));
  }

  /** The event of the end still names the pid; afterwards there is none. */
  private void changeAndForgetChild(Runnable change) {
    try {
      change.run();
    } finally {
      forgetChild();
    }
  }

  private void forgetChild() {
    if (child.isPresent()) {
      child = Optional.empty();
      launcher.released(this);
    }
  }

  /**
   * Finds out whether a fault (an Error in the midst of a change) has left it in a state that
   * nothing leads out of, and if so leads out. To be called now and then, between all changes: what
   * looks wrong twice is wrong.
   */
  void audit() {
    boolean wrong =
        switch (state) {
          case STARTING, RUNNING, STOPPING ->
              !launching && child.filter(c -> !c.hasEnded()).isEmpty();
          case BACKOFF -> services.startsAllowed() && System.nanoTime() - backoffUntilNanos > 0;
          case STOPPED, EXITED, FATAL, UNKNOWN -> child.filter(ChildProcess::hasEnded).isPresent();
        };
    Optional<Object> found =
        wrong ? Optional.of(child.isPresent() ? child.get() : state) : Optional.empty();
    if (wrong && found.equals(suspect)) {
      log.critical("nothing happens to " + this + " any more, setting that right");
      child.ifPresent(ChildProcess::reap);
      setRight();
      found = Optional.empty();
    }
    suspect = found;
  }

  /** There is no child and a change has not come to its end: ends it as it would have ended. */
  private void setRight() {
    timer.cancel();
    stopReport.cancel();
    forgetChild();
    if (stopRequested || state == ProcessState.STOPPING) {
      stopRequested = false;
      change(ProcessState.STOPPED, true);
    } else if (state.isRunning()) {
      // As after a start that failed: tried again, but not without a pause.
      enterBackoff();
    }
  }

  private void restartAfter(Duration lived, boolean expected) {
    if (!config.restart().when().isDue(expected)) {
      return;
    }
    Duration delay = pacing.delayAfter(lived);
    if (delay.isZero()) {
      spawnIn(ProcessState.EXITED);
      if (launching) {
        life.restartsAtOnce();
      }
    } else {
      timer = services.schedule(delay, () -> spawnIn(ProcessState.EXITED));
    }
  }

  private void logExit(WaitStatus status, boolean expected) {
    String outcome = expected ? "; expected)" : "; not expected)";
    logEnd("exited: " + config.name() + " (" + status.describe() + outcome, expected);
  }

  private void logEnd(String message, boolean expected) {
    if (expected) {
      log.info(message);
    } else {
      log.warn(message);
    }
  }

  /** Logs why a signal was not sent. */
  private String notRunning(String attempt, int signal) {
    String message =
        "attempted to %s sig %s but it wasn't running"
            .formatted(attempt.formatted(config.name()), Signals.name(signal));
    log.debug(message);
    return message;
  }

  /** Logs that the kernel refused a signal. */
  private String refused(String attempt, int pid, String why) {
    String message = "unknown problem %s %s (%d):%s".formatted(attempt, config.name(), pid, why);
    log.critical(message);
    return message;
  }

  private void change(ProcessState to, boolean expected) {
    ProcessState from = state;
    if (from == to) {
      return;
    }
    state = to;
    publish();
    int pid = child.map(ChildProcess::pid).orElse(0);
    services
        .events()
        .publish(
            new Event.ProcessStateChanged(config.name(), group, from, to, pid, backoff, expected));
    tellWatchers();
  }

  private void tellWatchers() {
    if (!watchers.isEmpty()) {
      // A watcher may add another, or change this very process.
      List<Watcher> told = List.copyOf(watchers);
      watchers.removeAll(told.stream().filter(this::isDone).toList());
    }
  }

  /** A watcher that throws watches no longer. */
  private boolean isDone(Watcher watcher) {
    try {
      return !watcher.changed(this);
    } catch (Throwable thrown) {
      services.guard().report("a watcher of ", this, thrown);
      return true;
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
            life.start(),
            life.stop(),
            life.spawnError(),
            life.exitStatus(),
            backoff,
            life.counts(),
            launcher.stdoutLogfile(),
            launcher.stderrLogfile());
  }

  @Override
  public String toString() {
    return group + ":" + config.name() + " " + state;
  }
}
