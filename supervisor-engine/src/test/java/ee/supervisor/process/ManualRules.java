package ee.supervisor.process;

import static ee.supervisor.event.ProcessState.BACKOFF;
import static ee.supervisor.event.ProcessState.EXITED;
import static ee.supervisor.event.ProcessState.FATAL;
import static ee.supervisor.event.ProcessState.RUNNING;
import static ee.supervisor.event.ProcessState.STARTING;
import static ee.supervisor.event.ProcessState.STOPPED;
import static ee.supervisor.event.ProcessState.STOPPING;
import static ee.supervisor.event.ProcessState.UNKNOWN;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Supervisor's manual says of one process ("Process States", "[program:x] Section Values"),
 * held against the events of a simulated one and, after each step, against how it is.
 */
final class ManualRules {
  /** The manual's graph; BACKOFF to STOPPED is a stop while it waits for its next try. */
  private static final Map<ProcessState, Set<ProcessState>> GRAPH =
      Map.of(
          STOPPED, Set.of(STARTING),
          STARTING, Set.of(RUNNING, BACKOFF, STOPPING, UNKNOWN),
          RUNNING, Set.of(STOPPING, EXITED, UNKNOWN),
          BACKOFF, Set.of(STARTING, FATAL, STOPPED),
          STOPPING, Set.of(STOPPED, UNKNOWN),
          EXITED, Set.of(STARTING),
          FATAL, Set.of(STARTING),
          UNKNOWN, Set.of(EXITED));

  private static final Duration LONGEST_PACE = Duration.ofSeconds(1);

  private final ProcessConfig config;
  private final ManagedProcess process;
  private final SimulatedLauncher launcher;
  private final SimulatedLoop loop;
  private final Duration drain;
  private final List<String> broken = new ArrayList<>();

  private ProcessState state = STOPPED;
  private Duration since = Duration.ZERO;
  private Duration started = Duration.ZERO;
  private Optional<Integer> exitCode = Optional.empty();
  private int failedStarts;
  private boolean mayStart;
  private boolean mayStop;

  ManualRules(
      ManagedProcess process, SimulatedLauncher launcher, SimulatedLoop loop, Duration drain) {
    this.config = process.config();
    this.process = process;
    this.launcher = launcher;
    this.loop = loop;
    this.drain = drain;
    loop.events()
        .subscribe(Event.Type.PROCESS_STATE, event -> heard((Event.ProcessStateChanged) event));
  }

  /** Somebody asks for a start, by {@code command}. */
  void starting(Runnable command) {
    mayStart = true;
    loop.run(command);
    mayStart = false;
  }

  /** Somebody asks for a stop, by {@code command}. */
  void stopping(Runnable command) {
    mayStop = true;
    loop.run(command);
    mayStop = false;
  }

  /** What did not go by the manual. */
  List<String> broken() {
    return broken;
  }

  private void require(boolean kept, String rule) {
    if (!kept) {
      broken.add(
          "%s: %s (%s for %s, %d failed starts, %s)"
              .formatted(
                  config.name(), rule, state, now().minus(since), failedStarts, process.child()));
    }
  }

  private Duration now() {
    return loop.elapsed();
  }

  private boolean hasPassed(Duration from, Duration time) {
    return now().minus(from).compareTo(time) >= 0;
  }

  private Optional<SimulatedChild> child() {
    return process.child().map(SimulatedChild.class::cast);
  }

  private void heard(Event.ProcessStateChanged event) {
    if (!event.process().equals(config.name())) {
      return;
    }
    ProcessState to = event.to();
    require(event.from() == state, "the event says it was " + event.from());
    require(GRAPH.get(state).contains(to), "the manual knows no way to " + to);
    require(process.state() == to, "an event of " + to + ", but it is " + process.state());
    switch (to) {
      case STARTING -> heardStarting(event);
      case RUNNING -> heardRunning(event);
      case BACKOFF -> heardBackoff(event);
      case FATAL -> heardFatal();
      case STOPPING -> require(mayStop, "nobody has asked it to stop");
      case STOPPED -> heardStopped(event);
      case EXITED -> heardExited(event);
      case UNKNOWN -> require(event.pid() > 0, "UNKNOWN without a child");
    }
    state = to;
    since = now();
  }

  private void heardStarting(Event.ProcessStateChanged event) {
    require(process.child().isEmpty(), "it is started while it has a child");
    require(event.tries() == failedStarts, "the event says " + event.tries() + " tries");
    boolean due =
        switch (state) {
          case BACKOFF -> hasPassed(since, Duration.ofSeconds(failedStarts));
          case EXITED -> isRestartDue();
          default -> false;
        };
    require(mayStart || (due && loop.startsAllowed()), "it is started without a reason");
    started = now();
    exitCode = Optional.empty();
  }

  private boolean isRestartDue() {
    return switch (config.restart().when()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case UNEXPECTED -> !config.restart().expectedCodes().contains(exitCode.orElseThrow());
    };
  }

  private void heardRunning(Event.ProcessStateChanged event) {
    require(hasPassed(started, config.start().minimumUptime()), "RUNNING before startsecs");
    require(child().map(SimulatedChild::pid).equals(Optional.of(event.pid())), "the event's pid");
    failedStarts = 0;
  }

  private void heardBackoff(Event.ProcessStateChanged event) {
    failedStarts++;
    require(event.tries() == failedStarts, "the event says " + event.tries() + " tries");
    if (child().isPresent()) {
      require(!child().get().isAlive(), "BACKOFF with a child that lives");
      require(!hasPassed(started, config.start().minimumUptime()), "it lived for startsecs");
    } else {
      require(
          launcher.failed() == launcher.launches(), "BACKOFF, but its latest start has not failed");
    }
  }

  private void heardFatal() {
    require(
        failedStarts > config.start().retries() || mayStop, "given up with startretries to come");
    failedStarts = 0;
  }

  private void heardStopped(Event.ProcessStateChanged event) {
    if (state == BACKOFF) {
      require(mayStop, "nobody has asked it to stop");
    } else if (child().isPresent()) {
      require(!child().get().isAlive(), "STOPPED while its child lives");
      require(child().get().pid() == event.pid(), "the event's pid");
    }
  }

  private void heardExited(Event.ProcessStateChanged event) {
    require(child().filter(c -> !c.isAlive()).isPresent(), "EXITED without a child that has ended");
    require(
        state == UNKNOWN || hasPassed(started, config.start().minimumUptime()),
        "it ended before startsecs");
    child()
        .ifPresent(
            ended -> {
              int code = ended.status().exitCode();
              exitCode = Optional.of(code);
              require(event.pid() == ended.pid(), "the event's pid");
              require(
                  event.expected() == config.restart().expectedCodes().contains(code),
                  "expected:" + event.expected() + " of exit code " + code);
            });
    failedStarts = 0;
  }

  /** To be called after each step: nothing that is due has been left undone. */
  void check() {
    require(process.state() == state, "it is " + process.state() + " without an event");
    require(process.info().state() == state, "readers see " + process.info().state());
    require(process.info().backoff() == failedStarts, "readers see other tries");
    boolean shown = state.isSignallable() && child().isPresent();
    require(process.info().pid() == (shown ? child().orElseThrow().pid() : 0), "readers see a pid");
    child()
        .ifPresent(c -> require(c.launch() == launcher.launches(), c + " is of a former launch"));
    launcher.children().forEach(this::checkChild);
    switch (state) {
      case STARTING ->
          child()
              .ifPresent(
                  c ->
                      require(
                          !c.isAlive() || !hasPassed(c.born(), config.start().minimumUptime()),
                          "it has lived for startsecs and is not RUNNING"));
      case RUNNING -> require(child().isPresent(), "RUNNING without a child");
      case BACKOFF -> {
        require(failedStarts <= config.start().retries(), "not FATAL after startretries");
        require(
            !loop.startsAllowed() || !hasPassed(since, Duration.ofSeconds(failedStarts)),
            "the next try is overdue");
      }
      case STOPPING -> checkStopping();
      case EXITED -> {
        require(
            process.info().exitStatus() == exitCode.orElseThrow(), "readers see another status");
        require(
            !isRestartDue() || !loop.startsAllowed() || !hasPassed(since, LONGEST_PACE),
            "its restart is overdue");
      }
      case STOPPED, FATAL, UNKNOWN -> {}
    }
  }

  private void checkStopping() {
    boolean overdue = hasPassed(since, config.stop().patience());
    require(child().isPresent() || !overdue, "it waits for a child that may never come");
    child()
        .filter(SimulatedChild::isAlive)
        .ifPresent(
            alive -> {
              require(alive.stopSignalled().isPresent(), "its child was not sent stopsignal");
              require(!overdue, "no SIGKILL after stopwaitsecs");
            });
  }

  private void checkChild(SimulatedChild child) {
    boolean current = child().filter(c -> c == child).isPresent();
    require(current || !child.isAlive(), child + " lives, and nobody knows it");
    child
        .ended()
        .filter(ended -> hasPassed(ended, drain.plusNanos(1)))
        .ifPresent(ended -> require(child.isReaped() && !current, child + " is not reaped"));
    if (current && child.killed().isPresent()) {
      require(
          state != STOPPING || hasPassed(since, config.stop().patience()),
          "SIGKILL before stopwaitsecs");
    }
  }
}
