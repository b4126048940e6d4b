package ee.supervisor.process;

import ee.supervisor.config.Autorestart;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.protocol.Signals;
import ee.supervisor.text.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The state machine of one supervised process (manual: "Process States"). Confined to the control
 * loop, but for {@link #info()}.
 */
public final class ManagedProcess {
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
  private static final Duration STOP_REPORT_INTERVAL = Duration.ofSeconds(2);
  private static final String TOO_QUICKLY = "Exited too quickly (process log may have details)";

  /** Hears of every change of a process's state and readiness. */
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
  private final StartRate rate;
  private final Hooks hooks;
  private final List<Watcher> watchers = new ArrayList<>();

  private ProcessState state = ProcessState.STOPPED;

  /** Changed on the loop only; read without it when that has broken. */
  private volatile Optional<ChildProcess> child = Optional.empty();

  private boolean launching;
  private long launches;
  private boolean stopRequested;

  /** It is to be started again once it has stopped. */
  private boolean restartRequested;

  /** What follows its end has been run for the child that has ended. */
  private boolean endFollowed;

  private int backoff;
  private boolean overLimit;

  /** How many of its stop signals it has been sent. */
  private int stopSignals;

  /** It has ended and is started again, but not yet. */
  private boolean restartDue;

  private List<UnmetNeed> waitsFor = List.of();
  private Timer timer = () -> {};
  private Timer stopReport = () -> {};
  private long backoffUntilNanos;

  /** When it will be killed if it has not stopped. */
  private long stopKillNanos;

  /** What its readiness check or the program itself says, since the last start. */
  private boolean ready;

  /** Whether the last event about it said that it is ready. */
  private boolean toldReady;

  private String statusText = "";

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
    this.life = new LifeRecord(services);
    this.rate = new StartRate(config.policy().limit());
    this.hooks = new Hooks(config.name(), config.hooks(), services, launcher);
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

  /** Whether a start is possible: it has ended, and nothing is left of it. */
  public boolean isStartable() {
    return state.isStopped() && state != ProcessState.UNKNOWN && child.isEmpty();
  }

  /** What it waits for before it is started; empty if it does not wait. */
  public List<UnmetNeed> waitsFor() {
    return waitsFor;
  }

  /** Whether it is to be started, and waits for others. */
  public boolean isWaiting() {
    return !waitsFor.isEmpty();
  }

  /** Whether it waits for what will not come by itself. */
  public boolean isStuck() {
    return waitsFor.stream().anyMatch(UnmetNeed::stuck);
  }

  /** Its name as operators write it. */
  public String namespec() {
    return Namespec.of(group, config.name());
  }

  /** Whether there is, or was, a child of it since it was last stopped. */
  boolean hasStarted() {
    return state == ProcessState.RUNNING
        || state == ProcessState.EXITED
        || (state == ProcessState.STARTING && !launching);
  }

  /** Whether it has ended by itself as expected. */
  boolean hasCompleted() {
    return state == ProcessState.EXITED && config.restart().expects(life.exitStatus());
  }

  /** Whether it has ended, or is being stopped, and will be started again by itself. */
  public boolean isDue() {
    return restartDue || restartRequested;
  }

  /** Whether it was started before another. */
  boolean isOlderThan(ManagedProcess other) {
    return life.wasStartedBefore(other.life);
  }

  /** How long ago it was last started. */
  public Duration sinceStart() {
    return life.sinceStart();
  }

  /** What tells this start of it from others. */
  long launches() {
    return launches;
  }

  /** It is to be started, and waits; with nothing to wait for it no longer is. */
  void waitFor(List<UnmetNeed> needs) {
    if (!waitsFor.equals(needs)) {
      waitsFor = List.copyOf(needs);
      publish();
      tellWatchers();
    }
  }

  /** What it has waited for is there: starts it. */
  void admitted(Runnable start) {
    waitsFor = List.of();
    start.run();
    // Its watchers have heard of it if it was started.
    publish();
    if (!launching) {
      tellWatchers();
    }
  }

  /** Whether it was asked to stop and has not ended yet. */
  public boolean isStopRequested() {
    return stopRequested;
  }

  /**
   * Whether a check or the program itself tells when it is ready; otherwise it is so while it is
   * RUNNING.
   */
  public boolean hasReadiness() {
    return config.health().tellsReadiness();
  }

  /** Whether others may count on it. */
  public boolean isReady() {
    return state == ProcessState.RUNNING && (!hasReadiness() || ready);
  }

  /** What its readiness check, or the program, says now; of no effect without a child. */
  public void ready(boolean now) {
    if (ready != now && child.isPresent()) {
      ready = now;
      publish();
      if (state == ProcessState.RUNNING && hasReadiness()) {
        log.info(config.name() + (now ? " is ready" : " is not ready any more"));
        tellReadiness();
        tellWatchers();
      }
    }
  }

  /** What the program says of itself, in one line; of no effect without a child. */
  public void statusText(String text) {
    if (child.isPresent()) {
      statusText = text;
      publish();
    }
  }

  /**
   * Adds a watcher of changes of its state and of its readiness, and of a launch that came to its
   * end.
   */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /** Starts it if it is configured to start with supervisord and was never started. */
  void autostart() {
    if (state == ProcessState.STOPPED
        && config.start().automatic()
        && !life.everStarted()
        && !isWaiting()) {
      spawnIn(ProcessState.STOPPED);
    }
  }

  /** Starts it at an operator's request; it must be {@link #isStartable}. */
  public void start() {
    pacing.reset();
    rate.reset();
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
    rate.reset();
    restartRequested = false;
    return kill(config.stop().signal());
  }

  /**
   * Stops it and starts it again, for a reason that is neither its own end nor an operator's
   * command; of no effect unless it has a child that is to run.
   *
   * @param why logged
   */
  public void restart(String why) {
    restart(why, config.stop().signal());
  }

  /**
   * As {@link #restart(String)}.
   *
   * @param signal asks it to stop, in place of what it is configured to be asked by
   */
  public void restart(String why, int signal) {
    if (child.isEmpty() || stopRequested || !services.startsAllowed()) {
      return;
    }
    log.warn(why + "; restarting " + config.name());
    restartRequested = true;
    if (kill(signal).isPresent()) {
      restartRequested = false;
    }
  }

  /**
   * Has a stop that was meant to be followed by a start be followed by none.
   *
   * @return whether there was one
   */
  public boolean cancelRestart() {
    boolean cancelled = restartRequested;
    restartRequested = false;
    return cancelled;
  }

  /** Gives it more time before it is killed, if it is stopping: {@code least} from now. */
  public void extendStop(Duration least) {
    if (state == ProcessState.STOPPING && stopKillNanos - services.nanoTime() < least.toNanos()) {
      timer.cancel();
      scheduleKill(least);
    }
  }

  private void scheduleKill(Duration patience) {
    stopKillNanos = services.nanoTime() + patience.toNanos();
    timer = services.schedule(patience, this::stopTimedOut);
  }

  /** Whether a command is run that belongs to it; it has not come to rest until that is done. */
  public boolean isAttended() {
    return hooks.isBusy();
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
  public void shutDown() {
    restartRequested = false;
    services.gate().forget(this);
    switch (state) {
      case RUNNING, STARTING -> stop();
      case BACKOFF -> giveUp();
      case EXITED -> timer.cancel();
      case STOPPED, STOPPING, FATAL, UNKNOWN -> {}
    }
  }

  /** It has stopped and is not of use any more: what it had planned is off. */
  public void retire() {
    timer.cancel();
    stopReport.cancel();
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
    forgetReadiness();
    life.started();
    launching = true;
    change(ProcessState.STARTING, true);
    long number = ++launches;
    overLimit = !rate.allows(services.nanoTime());
    if (overLimit) {
      notLaunched(
          number, "'%s' was started %s already (startlimit)".formatted(config.name(), rate));
      return;
    }
    if (hooks.delayStart()) {
      hooks.beforeStart(failure -> startDecided(number, failure));
    } else {
      launch(number);
    }
  }

  /** What comes before a start has been run. */
  private void startDecided(long number, Optional<String> failure) {
    if (!isAwaited(number)) {
      return;
    }
    if (stopRequested) {
      launching = false;
      timer.cancel();
      stopRequested = false;
      change(ProcessState.STOPPED, true);
    } else if (failure.isPresent()) {
      notLaunched(number, failure.get());
    } else {
      life.launched();
      launch(number);
    }
  }

  private void launch(long number) {
    try {
      launcher.launch(this, made -> launched(number, made), why -> notLaunched(number, why));
    } catch (Throwable thrown) {
      services.guard().report("starting ", config.name(), thrown);
      notLaunched(number, "unknown error during fork for '" + config.name() + "': " + thrown);
    }
  }

  /** Starts it, unless its state has changed or supervisord is stopping. */
  private void spawnIn(ProcessState expected) {
    if (state == expected
        && services.startsAllowed()
        && services.gate().admits(this, () -> spawnIn(expected))) {
      spawn();
    }
  }

  private void launched(long number, ChildProcess made) {
    if (!isAwaited(number)) {
      discard(made);
      return;
    }
    launching = false;
    endFollowed = false;
    child = Optional.of(made);
    // First of all: whatever else may fail, the end of a child is heard of.
    made.whenEnded(services, () -> ended(made));
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
    made.whenEnded(
        services,
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
    child.ifPresent(running -> hooks.afterStart(running.pid()));
  }

  private void enterBackoff() {
    backoff++;
    change(ProcessState.BACKOFF, true);
    if (overLimit || config.start().givesUpAfter(backoff)) {
      giveUp();
      log.info(
          "gave up: " + config.name() + " entered FATAL state, too many start retries too quickly");
      services.gaveUp(this);
    } else {
      Duration delay = longer(config.policy().pause(), afterFailure());
      backoffUntilNanos = services.nanoTime() + delay.toNanos();
      timer = services.schedule(delay, () -> spawnIn(ProcessState.BACKOFF));
    }
  }

  private Duration afterFailure() {
    return config.policy().backoff().after(backoff, ThreadLocalRandom.current().nextDouble());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
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
    boolean first = !stopRequested;
    if (first) {
      stopSignals = 1;
    }
    stopRequested = true;
    timer.cancel();
    if (first && child.isPresent() && hooks.delayStop() && signal == stop.signal()) {
      change(ProcessState.STOPPING, true);
      ChildProcess running = child.get();
      hooks.interrupt("the program is asked to stop");
      hooks.beforeStop(running.pid(), () -> askToStop(running, patience));
      return Optional.empty();
    }
    scheduleKill(patience);
    change(ProcessState.STOPPING, true);
    if (child.isEmpty()) {
      hooks.interrupt("the program is not wanted any more");
      return Optional.empty();
    }
    return send(signal, group);
  }

  /** What comes before a stop has been run. */
  private void askToStop(ChildProcess running, Duration patience) {
    if (state != ProcessState.STOPPING || child.filter(running::equals).isEmpty()) {
      return;
    }
    scheduleKill(patience);
    Runnable signal = () -> signalToStop(running);
    if (!hooks.stopCommand(running.pid(), signal)) {
      signal.run();
    }
  }

  private void signalToStop(ChildProcess running) {
    if (state == ProcessState.STOPPING && child.filter(running::equals).isPresent()) {
      send(config.stop().signal(), config.stop().signalsGroup());
    }
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
    if (stopSignals < config.stop().signals().size()) {
      scheduleKill(config.stop().patience());
      int next = config.stop().signals().get(stopSignals++);
      log.info(
          "'%s' (%d) has not stopped, sending %s"
              .formatted(config.name(), child.get().pid(), Signals.name(next)));
      send(next, config.stop().signalsGroup());
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
    if (state == ProcessState.RUNNING
        && child.filter(ended::equals).isPresent()
        && config.restart().when() != Autorestart.NEVER
        && services.startsAllowed()) {
      launcher.prepareNext();
    }
    ended.drain(services, () -> exited(ended));
  }

  /** The child has exited, its pipes are drained: reap it and go on. */
  private void exited(ChildProcess ended) {
    if (child.filter(ended::equals).isEmpty()) {
      return; // heard of twice
    }
    if (followEnd(ended)) {
      return;
    }
    Optional<WaitStatus> reaped = ended.reap();
    if (reaped.isEmpty()) {
      ended.whenEnded(services, () -> exited(ended));
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

  /**
   * Runs what follows the end. After a stop that was asked for the end is not complete before: it
   * stays unreaped, and its process id its own.
   *
   * @return whether its end is to be heard of later, once more
   */
  private boolean followEnd(ChildProcess ended) {
    hooks.interrupt("the program has ended");
    if (!hooks.followsEnd() || endFollowed) {
      return false;
    }
    endFollowed = true;
    if (stopRequested) {
      timer.cancel();
      hooks.afterStop(ended.pid(), () -> exited(ended));
      return true;
    }
    hooks.afterStop(ended.pid(), this::tellWatchers);
    return false;
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
      if (cancelRestart()) {
        spawnIn(ProcessState.STOPPED);
      }
    } else if (state == ProcessState.STARTING
        && lived.compareTo(config.start().minimumUptime()) < 0
        && !(expected && services.gate().awaitsEndOf(this))) {
      life.ended(0);
      life.failed(TOO_QUICKLY);
      logExit(status, false);
      services.endedByItself(this, status);
      changeAndForgetChild(this::enterBackoff);
    } else {
      exitedAfterRunning(status, expected);
      services.endedByItself(this, status);
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

  private void forgetReadiness() {
    ready = false;
    statusText = "";
  }

  private void forgetChild() {
    if (child.isPresent()) {
      forgetReadiness();
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
    if (hooks.isBusy()) {
      suspect = Optional.empty();
      return;
    }
    boolean wrong =
        switch (state) {
          case STARTING, RUNNING, STOPPING ->
              !launching && child.filter(c -> !c.hasEnded()).isEmpty();
          case BACKOFF ->
              !isWaiting()
                  && services.startsAllowed()
                  && services.nanoTime() - backoffUntilNanos > 0;
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
    restartRequested = false;
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
    Duration delay = longer(config.policy().pause(), pacing.delayAfter(lived));
    if (delay.isZero()) {
      spawnIn(ProcessState.EXITED);
      if (launching) {
        life.restartsAtOnce();
      }
    } else {
      restartDue = true;
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
    restartDue = false;
    waitsFor = List.of();
    publish();
    int pid = child.map(ChildProcess::pid).orElse(0);
    services
        .events()
        .publish(
            new Event.ProcessStateChanged(config.name(), group, from, to, pid, backoff, expected));
    tellReadiness();
    tellWatchers();
  }

  private void tellReadiness() {
    boolean now = hasReadiness() && isReady();
    if (now != toldReady) {
      toldReady = now;
      int pid = child.map(ChildProcess::pid).orElse(0);
      services.events().publish(new Event.ReadinessChanged(config.name(), group, pid, now));
    }
  }

  private void tellWatchers() {
    services.guard().run(this, () -> services.gate().changed(this));
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
            waitsFor,
            life.counts(),
            launcher.stdoutLogfile(),
            launcher.stderrLogfile(),
            hasReadiness() ? Optional.of(isReady()) : Optional.empty(),
            state.isSignallable() ? statusText : "");
  }

  @Override
  public String toString() {
    return group + ":" + config.name() + " " + state;
  }
}
