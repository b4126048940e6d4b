package ee.supervisor.control;

import ee.supervisor.guard.Guard;
import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.EventFd;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.PromptThread;
import ee.supervisor.process.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The one thread that owns everything that changes: it waits in epoll for a child's exit (pidfd), a
 * task from another thread (eventfd) or the next timer, and never sleeps or polls.
 *
 * <p>What a task, a timer or a watch throws ends that one alone. When the loop itself cannot go on
 * (it fails {@value #MOST_FAILURES} turns in a row) it ends, and says so.
 */
final class ControlLoop implements Executor, AutoCloseable {
  private static final long WAKE_TOKEN = 0;
  private static final int BATCH = 512;
  private static final int MOST_FAILURES = 10;

  /** After a turn that failed; what failed it (too little memory) may be over soon. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** What a configuration may ask for has no bound; what nanoTime() can tell apart has. */
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Guard guard;
  private final Consumer<Optional<Throwable>> onEnd;
  private final Epoll epoll;
  private final EventFd wake;
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final PriorityQueue<LoopTimer> timers = new PriorityQueue<>();
  private final Map<Long, Watch> watches = new HashMap<>();
  private final PromptThread thread;
  private final Epoll.Handler handler = this::ready;
  private long nextToken = WAKE_TOKEN + 1;
  private long nextTimer;

  /** Asked to end. Of the loop's thread. */
  private boolean closing;

  /** Takes no more tasks. */
  private volatile boolean ended;

  /**
   * A loop that has not begun.
   *
   * @param guard logs what tasks throw
   * @param onEnd called, on the loop's thread, when it has ended: empty when it was {@link
   *     #close}d, else why it cannot go on
   */
  ControlLoop(Guard guard, Consumer<Optional<Throwable>> onEnd) throws PosixException {
    this.guard = guard;
    this.onEnd = onEnd;
    this.epoll = Epoll.open();
    this.thread = new PromptThread(this::run, "supervisor-control");
    boolean complete = false;
    EventFd opened = null;
    try {
      opened = EventFd.open();
      epoll.add(opened.fd(), Epoll.READABLE, WAKE_TOKEN);
      complete = true;
    } finally {
      this.wake = opened;
      if (!complete) {
        release();
      }
    }
  }

  void start() {
    thread.start();
  }

  /** Whether the caller is the loop's own thread. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Whether it takes no more tasks. */
  boolean hasEnded() {
    return ended;
  }

  /**
   * Runs {@code task} on the loop, after those that were given before.
   *
   * @throws RejectedExecutionException when the loop has ended: the task will not be run
   */
  @Override
  public void execute(Runnable task) {
    inbox.add(task);
    // After it was added: either the loop's last look at the inbox sees the task, or it is seen
    // here that there was one. Who takes it out of the inbox has it.
    if (ended && inbox.remove(task)) {
      throw new RejectedExecutionException("the control loop has ended");
    }
    // One eventfd write per batch: the loop clears the flag before it empties the inbox.
    if (!isCurrent() && awake.compareAndSet(false, true)) {
      signal();
    }
  }

  private void signal() {
    try {
      wake.signal();
    } catch (PosixException e) {
      if (!ended) {
        throw new IllegalStateException("cannot wake the control loop", e);
      }
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

  /** Runs {@code onReadable} once {@code fd} can be read, and watches it no longer then. */
  void watch(Fd fd, Runnable onReadable) throws PosixException {
    assert isCurrent() : "watches belong to the control loop";
    long token = nextToken++;
    watches.put(token, new Watch(fd, onReadable));
    boolean added = false;
    try {
      epoll.add(fd, Epoll.READABLE, token);
      added = true;
    } finally {
      if (!added) {
        watches.remove(token);
      }
    }
  }

  /**
   * Ends the loop after the current turn; tasks still in the inbox are run first. Called on the
   * loop.
   */
  @Override
  public void close() {
    assert isCurrent() : "the loop ends itself";
    closing = true;
  }

  private void run() {
    Optional<Throwable> broken = Optional.empty();
    try {
      broken = turnUntilDone();
    } catch (Throwable thrown) {
      broken = Optional.of(thrown);
    }
    ended = true;
    if (broken.isEmpty()) {
      runInbox();
      while (!inbox.isEmpty()) {
        runInbox();
      }
    } else {
      inbox.clear();
    }
    Optional<Throwable> why = broken;
    guard.run("the end of the control loop", this::release);
    guard.run("the end of the control loop", () -> onEnd.accept(why));
  }

  /** Returns why it cannot go on, if so. */
  private Optional<Throwable> turnUntilDone() {
    int failures = 0;
    while (!closing || !inbox.isEmpty()) {
      try {
        turn();
        failures = 0;
      } catch (Throwable thrown) {
        guard.report("a turn of the control loop", thrown);
        failures++;
        if (failures == MOST_FAILURES) {
          return Optional.of(thrown);
        }
        LockSupport.parkNanos(this, PAUSE.toNanos());
      }
    }
    return Optional.empty();
  }

  /** Releases a loop that was never started. */
  void abandon() {
    ended = true;
    inbox.clear();
    release();
  }

  private void release() {
    if (wake != null) {
      wake.close();
    }
    epoll.close();
  }

  private void turn() throws PosixException {
    thread.beginTurn();
    try {
      takeTurn();
    } finally {
      thread.endTurn();
    }
  }

  private void takeTurn() throws PosixException {
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
        epoll.remove(watch.fd());
      } catch (PosixException e) {
        guard.report("the control loop's watch of ", watch.fd(), e);
      }
      runSafely(watch.onReadable());
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
    guard.run("the control loop", task);
  }

  private record Watch(Fd fd, Runnable onReadable) {}

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
