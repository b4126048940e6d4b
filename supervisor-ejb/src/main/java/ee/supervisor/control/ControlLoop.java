package ee.supervisor.control;

import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.EventFd;
import ee.supervisor.posix.PidFd;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one thread that owns everything that changes: it waits in epoll for a child's exit (pidfd), a
 * task from another thread (eventfd) or the next timer, and never sleeps or polls.
 */
final class ControlLoop implements Executor, AutoCloseable {
  private static final long WAKE_TOKEN = 0;
  private static final int BATCH = 512;

  /** What a configuration may ask for has no bound; what nanoTime() can tell apart has. */
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final ActivityLog log;
  private final Epoll epoll;
  private final EventFd wake;
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final PriorityQueue<LoopTimer> timers = new PriorityQueue<>();
  private final Map<Long, Watch> watches = new HashMap<>();
  private final Thread thread;
  private final Epoll.Handler handler = this::ready;
  private long nextToken = WAKE_TOKEN + 1;
  private long nextTimer;
  private volatile boolean stopped;

  ControlLoop(ActivityLog log) throws PosixException {
    this.log = log;
    this.epoll = Epoll.open();
    this.wake = EventFd.open();
    epoll.add(wake.fd(), Epoll.READABLE, WAKE_TOKEN);
    this.thread = new Thread(this::run, "supervisor-control");
  }

  void start() {
    thread.start();
  }

  /** Whether the caller is the loop's own thread. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    if (stopped) {
      throw new RejectedExecutionException("the control loop has ended");
    }
    inbox.add(task);
    // One eventfd write per batch: the loop clears the flag before it empties the inbox.
    if (!isCurrent() && awake.compareAndSet(false, true)) {
      signal();
    }
  }

  private void signal() {
    try {
      wake.signal();
    } catch (PosixException e) {
      throw new IllegalStateException("cannot wake the control loop", e);
    }
  }

  Timer schedule(Duration delay, Runnable action) {
    assert isCurrent() : "timers belong to the control loop";
    Duration bounded = delay.compareTo(FOREVER) > 0 ? FOREVER : delay;
    long nanos = bounded.isNegative() ? 0 : bounded.toNanos();
    LoopTimer timer = new LoopTimer(System.nanoTime() + nanos, nextTimer++, action);
    timers.add(timer);
    return timer;
  }

  void watch(PidFd pidfd, Runnable onExit) {
    assert isCurrent() : "watches belong to the control loop";
    long token = nextToken++;
    watches.put(token, new Watch(pidfd, onExit));
    try {
      epoll.add(pidfd.fd(), Epoll.READABLE, token);
    } catch (PosixException e) {
      watches.remove(token);
      throw new IllegalStateException("cannot watch " + pidfd, e);
    }
  }

  /**
   * Ends the loop after the current turn; tasks still in the inbox are run first. Called on the
   * loop.
   */
  @Override
  public void close() {
    assert isCurrent() : "the loop ends itself";
    stopped = true;
  }

  private void run() {
    try {
      while (!stopped || !inbox.isEmpty()) {
        turn();
      }
    } catch (PosixException e) {
      log.critical("control loop failed: " + e.getMessage());
      throw new IllegalStateException(e);
    } finally {
      stopped = true;
      wake.close();
      epoll.close();
    }
  }

  private void turn() throws PosixException {
    if (!inbox.isEmpty()) {
      epoll.awaitNanos(0, handler);
    } else if (noTimerLeft()) {
      epoll.await(handler);
    } else {
      epoll.awaitNanos(timers.peek().deadline - System.nanoTime(), handler);
    }
    runInbox();
    runTimers();
  }

  private void ready(long token, int events) {
    if (token == WAKE_TOKEN) {
      drainWake();
      return;
    }
    Watch watch = watches.remove(token);
    if (watch != null) {
      try {
        epoll.remove(watch.pidfd().fd());
      } catch (PosixException e) {
        log.error("cannot stop watching " + watch.pidfd() + ": " + e.getMessage());
      }
      runSafely(watch.onExit());
    }
  }

  private void drainWake() {
    try {
      wake.drain();
    } catch (PosixException e) {
      throw new IllegalStateException("cannot drain the control loop's eventfd", e);
    }
    awake.set(false);
  }

  /**
   * Bounded, so that a flood of tasks delays neither a child's exit nor a timer by more than a
   * batch.
   */
  private void runInbox() {
    for (int i = 0; i < BATCH; i++) {
      Runnable task = inbox.poll();
      if (task == null) {
        return;
      }
      runSafely(task);
    }
  }

  private void runTimers() {
    long now = System.nanoTime();
    for (LoopTimer timer = timers.peek();
        timer != null && (timer.cancelled || timer.deadline - now <= 0);
        timer = timers.peek()) {
      timers.poll();
      if (!timer.cancelled) {
        timer.cancelled = true;
        runSafely(timer.action);
      }
    }
  }

  private boolean noTimerLeft() {
    while (!timers.isEmpty() && timers.peek().cancelled) {
      timers.poll();
    }
    return timers.isEmpty();
  }

  /** A fault in one task must not end supervision of everything else. */
  private void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | AssertionError e) {
      StackTraceElement[] trace = e.getStackTrace();
      log.critical(
          "uncaught exception in the control loop: "
              + e
              + (trace.length > 0 ? " at " + trace[0] : ""));
    }
  }

  private record Watch(PidFd pidfd, Runnable onExit) {}

  private static final class LoopTimer implements Timer, Comparable<LoopTimer> {
    private final long deadline;
    private final long sequence;
    private final Runnable action;
    private boolean cancelled;

    LoopTimer(long deadline, long sequence, Runnable action) {
      this.deadline = deadline;
      this.sequence = sequence;
      this.action = action;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(LoopTimer other) {
      // Differences, not values: nanoTime may wrap.
      int byDeadline = Long.signum(deadline - other.deadline);
      return byDeadline != 0 ? byDeadline : Long.compare(sequence, other.sequence);
    }
  }
}
