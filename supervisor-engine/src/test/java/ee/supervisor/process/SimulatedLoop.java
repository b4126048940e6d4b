package ee.supervisor.process;

import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.guard.Guard;
import ee.supervisor.listener.EventBus;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.OutputLoop;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.Spawner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A control loop whose time passes when a test says so, on the thread of the test. */
public final class SimulatedLoop implements ProcessServices {
  /** Near its overflow: nobody may compare such times but by their difference. */
  private static final long FIRST_NANOS = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

  private static final ActivityLog NO_LOG = noLog();

  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(
          Comparator.comparingLong((Due due) -> due.elapsed).thenComparingLong(due -> due.number));
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<String> thrown = new ArrayList<>();
  private final Guard guard = new Guard(thrown::add);
  private final EventBus events = new EventBus((level, text) -> thrown.add(text.get()));
  private final ReactionTimes reactionTimes = new ReactionTimes();
  private long elapsed;
  private Instant wallTime = Instant.EPOCH;
  private long timersMade;
  private boolean startsAllowed = true;

  private static final class Due {
    final long elapsed;
    final long number;
    final Runnable action;

    Due(long elapsed, long number, Runnable action) {
      this.elapsed = elapsed;
      this.number = number;
      this.action = action;
    }
  }

  private static ActivityLog noLog() {
    try {
      return ActivityLog.open(
          new ActivityLog.Settings(LogLevel.CRIT, new LogDestination.None(), 0, 0, false));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs {@code work} as the loop does, and all that it asked the loop for. */
  public void run(Runnable work) {
    guard.run("a step", work);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guard.run("a task", task);
    }
  }

  /** Lets time pass; timers run when they are due. */
  public void pass(Duration time) {
    long end = elapsed + time.toNanos();
    while (!timers.isEmpty() && timers.peek().elapsed <= end) {
      elapsed = Math.max(elapsed, timers.peek().elapsed);
      run(timers.remove().action);
    }
    elapsed = end;
  }

  /** The machine slept, or the loop did: what became due meanwhile runs late. */
  void leap(Duration time) {
    elapsed += time.toNanos();
    pass(Duration.ZERO);
  }

  /** An operator sets the clock. */
  void setWallTime(Instant time) {
    wallTime = time;
  }

  /** Time since the beginning. */
  public Duration elapsed() {
    return Duration.ofNanos(elapsed);
  }

  /** What work and subscribers have thrown, which must be nothing. */
  public List<String> thrown() {
    return thrown;
  }

  /** supervisord begins to stop. */
  public void allowNoStarts() {
    startsAllowed = false;
  }

  @Override
  public long nanoTime() {
    return FIRST_NANOS + elapsed;
  }

  @Override
  public Instant wallTime() {
    return wallTime;
  }

  @Override
  public Executor loop() {
    return tasks::add;
  }

  @Override
  public Timer schedule(Duration delay, Runnable action) {
    Due due = new Due(elapsed + Math.max(0, delay.toNanos()), timersMade++, action);
    timers.add(due);
    return () -> timers.remove(due);
  }

  @Override
  public void watch(Child child, Runnable onExit) {
    throw new UnsupportedOperationException("simulated children are watched by themselves");
  }

  @Override
  public void childReaped() {}

  @Override
  public Spawner spawner() {
    throw new UnsupportedOperationException("no real children here");
  }

  @Override
  public OutputLoop output() {
    throw new UnsupportedOperationException("no output here");
  }

  @Override
  public EventBus events() {
    return events;
  }

  @Override
  public ReactionTimes reactionTimes() {
    return reactionTimes;
  }

  @Override
  public Guard guard() {
    return guard;
  }

  @Override
  public ActivityLog log() {
    return NO_LOG;
  }

  @Override
  public SupervisordConfig settings() {
    throw new UnsupportedOperationException("no configuration here");
  }

  @Override
  public boolean startsAllowed() {
    return startsAllowed;
  }
}
