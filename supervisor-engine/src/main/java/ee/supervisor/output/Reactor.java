package ee.supervisor.output;

import ee.supervisor.guard.Guard;
import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.EventFd;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.PosixException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Waits for descriptors, tasks and timers, and runs what belongs to them, each in the {@link
 * Strand} it was given with.
 *
 * <p>One thread does all that, but for one case: when it doesn't come back from a strand (write(2)
 * to a disk that stalls can't be interrupted), {@link StallWatch} has another thread take over. The
 * one that is stuck finishes what it was at, alone in its strand, and ends. So nothing here waits
 * for a disk longer than {@link StallWatch#PATIENCE}, and without a stall nothing is handed from
 * thread to thread. Safe for all threads.
 */
final class Reactor implements AutoCloseable {
  private static final long WAKE_TOKEN = 0;

  /** Called when a descriptor is ready. */
  interface Watcher {
    /** {@code events} are those of {@link Epoll}. */
    void ready(int events);

    /**
     * It is ready, but its strand is stuck: called on another thread than the one that is.
     *
     * @return false to hear nothing more until the strand goes on
     */
    default boolean readyWhileStuck() {
      return false;
    }
  }

  private record Watch(Fd fd, int interest, Strand strand, Watcher watcher) {}

  /** A thread that runs the loop until its turn is taken away. */
  private static final class LoopThread extends Thread {
    private boolean overtaken;

    LoopThread(Runnable loop, String name) {
      super(loop, name);
      setDaemon(true);
    }
  }

  private record Timer(long atNanos, Strand strand, Runnable action) {}

  private static final int MOST_FAILURES = 10;

  /** After a failure of the loop itself; what failed it (too little memory) may be over soon. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final String name;
  private final ActivityLog log;
  private final Guard guard;
  private final Consumer<Throwable> onBroken;
  private final Epoll epoll;
  private final EventFd wakeUp;
  private final StallWatch stallWatch;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
  private final AtomicLong lastToken = new AtomicLong(WAKE_TOKEN);
  private volatile LoopThread thread;

  // Of the thread whose turn it is; handed on by StallWatch.
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos));
  private boolean woken;
  private boolean closed;

  private Reactor(String name, ActivityLog log, Consumer<Throwable> onBroken, Epoll epoll)
      throws PosixException {
    this.name = name;
    this.log = log;
    this.guard = new Guard(log::critical);
    this.onBroken = onBroken;
    this.epoll = epoll;
    wakeUp = EventFd.open();
    boolean complete = false;
    try {
      epoll.add(wakeUp.fd(), Epoll.READABLE, WAKE_TOKEN);
      stallWatch = new StallWatch(name + "-watch", guard, this::takeOver);
      complete = true;
    } finally {
      if (!complete) {
        wakeUp.close();
      }
    }
  }

  /**
   * Starts the thread.
   *
   * @param onBroken called, on that thread, why it cannot go on
   */
  static Reactor start(String name, ActivityLog log, Consumer<Throwable> onBroken)
      throws PosixException {
    Epoll epoll = Epoll.open();
    Reactor reactor = null;
    boolean started = false;
    try {
      reactor = new Reactor(name, log, onBroken, epoll);
      LoopThread first = new LoopThread(reactor::run, name);
      reactor.thread = first;
      first.start();
      started = true;
      return reactor;
    } finally {
      if (!started) {
        epoll.close();
        if (reactor != null) {
          reactor.wakeUp.close();
          reactor.stallWatch.close();
        }
      }
    }
  }

  /** Runs a part of what runs in {@code strand}, whose failure must not keep the rest from it. */
  void runSafely(Strand strand, Runnable part) {
    guard.run(strand, part);
  }

  /** Runs {@code task} in {@code strand}. Tasks run in the order asked for. */
  void execute(Strand strand, Runnable task) {
    post(() -> runIn(strand, task));
  }

  private void post(Runnable task) {
    tasks.add(task);
    try {
      wakeUp.signal();
    } catch (PosixException e) {
      // Closed: nothing runs any more.
      tasks.clear();
    }
  }

  /**
   * Watches a descriptor.
   *
   * @param interest READABLE or WRITABLE of {@link Epoll}
   * @return the token to end it with
   */
  long watch(Strand strand, Fd fd, int interest, Watcher watcher) throws PosixException {
    long token = lastToken.incrementAndGet();
    watches.put(token, new Watch(fd, interest, strand, watcher));
    try {
      epoll.add(fd, interest, token);
      return token;
    } catch (PosixException e) {
      watches.remove(token);
      throw e;
    }
  }

  /** Watches a descriptor no longer; before it is closed. */
  void unwatch(long token) {
    Watch watch = watches.remove(token);
    if (watch != null) {
      removeQuietly(watch.fd());
    }
  }

  private void removeQuietly(Fd fd) {
    try {
      if (fd.isOpen()) {
        epoll.remove(fd);
      }
    } catch (PosixException e) {
      // It was taken out while its strand was stuck.
      log.trace("output: " + e.getMessage());
    }
  }

  /** Runs {@code action} in {@code strand} after {@code delay}. */
  void after(Strand strand, Duration delay, Runnable action) {
    Timer timer = new Timer(System.nanoTime() + delay.toNanos(), strand, action);
    post(() -> timers.add(timer));
  }

  /** Ends the thread once the tasks given so far have run, and waits 2 s for it. */
  @Override
  public void close() {
    post(() -> closed = true);
    try {
      thread.join(Duration.ofSeconds(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stallWatch.close();
  }

  private void run() {
    int failures = 0;
    while (!closed) {
      try {
        turn();
        failures = 0;
      } catch (Throwable thrown) {
        guard.report(name, thrown);
        failures++;
        if (failures == MOST_FAILURES) {
          guard.run(name, () -> onBroken.accept(thrown));
          break;
        }
        LockSupport.parkNanos(this, PAUSE.toNanos());
      }
      if (!isMyTurn()) {
        return;
      }
    }
    epoll.close();
    wakeUp.close();
  }

  private void turn() throws PosixException {
    if (timers.isEmpty()) {
      epoll.await(this::dispatch);
    } else {
      epoll.awaitNanos(timers.peek().atNanos() - System.nanoTime(), this::dispatch);
    }
    if (isMyTurn() && woken) {
      woken = false;
      wakeUp.drain();
    }
    while (isMyTurn() && !timers.isEmpty() && isDue(timers.peek())) {
      Timer timer = timers.poll();
      runIn(timer.strand(), timer.action());
    }
    while (isMyTurn() && !tasks.isEmpty()) {
      guard.run(name, tasks.remove());
    }
  }

  private static boolean isMyTurn() {
    return Thread.currentThread() instanceof LoopThread loop && !loop.overtaken;
  }

  private static boolean isDue(Timer timer) {
    return timer.atNanos() - System.nanoTime() <= 0;
  }

  private void dispatch(long token, int events) {
    if (!isMyTurn()) {
      return;
    }
    if (token == WAKE_TOKEN) {
      woken = true;
      return;
    }
    Watch watch = watches.get(token);
    if (watch == null) {
      return;
    }
    if (!watch.strand().isStuck()) {
      runIn(watch.strand(), () -> watch.watcher().ready(events));
    } else if (!watch.watcher().readyWhileStuck()) {
      removeQuietly(watch.fd());
      watch.strand().waiting().add(() -> watchAgain(token, watch));
    }
  }

  private void watchAgain(long token, Watch watch) {
    if (watches.containsKey(token)) {
      try {
        epoll.add(watch.fd(), watch.interest(), token);
      } catch (PosixException e) {
        log.error("output of " + watch.strand().name() + ": " + e.getMessage());
      }
    }
  }

  private void runIn(Strand strand, Runnable action) {
    if (strand.isStuck()) {
      strand.waiting().add(action);
      return;
    }
    long turn = stallWatch.enter(strand);
    // One child's bad luck must not end the output of the others, nor the rest of its own.
    guard.run(strand, action);
    if (!stallWatch.leave(turn) && Thread.currentThread() instanceof LoopThread loop) {
      loop.overtaken = true;
      post(() -> goOn(strand));
    }
  }

  /**
   * On the thread of the stall watch, while the thread whose turn it is is in {@code strand}. The
   * turn is taken from it by the thread that goes on, and so by nobody when there can be none.
   */
  private void takeOver(Strand strand, BooleanSupplier claim) {
    LoopThread next =
        new LoopThread(
            () -> {
              if (claim.getAsBoolean()) {
                thread = (LoopThread) Thread.currentThread();
                strand.setStuck(true);
                guard.run(
                    name,
                    () ->
                        log.error(
                            "the log of "
                                + strand.name()
                                + " stalls, other logs go on without it"));
                run();
              }
            },
            name);
    next.start();
  }

  private void goOn(Strand strand) {
    strand.setStuck(false);
    log.warn("the log of " + strand.name() + " goes on");
    while (!strand.isStuck() && !strand.waiting().isEmpty() && isMyTurn()) {
      runIn(strand, strand.waiting().remove());
    }
  }
}
