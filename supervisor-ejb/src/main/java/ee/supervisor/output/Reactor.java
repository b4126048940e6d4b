package ee.supervisor.output;

import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.EventFd;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.PosixException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A thread that waits for descriptors, tasks and timers, and runs what belongs to them one after
 * the other. All but {@link #execute} and {@link #close} is for that thread alone.
 */
final class Reactor implements AutoCloseable {
  private static final long WAKE_TOKEN = 0;

  /** Told that a descriptor is ready. */
  interface Watcher {
    /** {@code events} are those of {@link Epoll}. */
    void ready(int events);
  }

  private record Timer(long atNanos, Runnable action) {}

  private final ActivityLog log;
  private final Epoll epoll;
  private final EventFd wakeUp;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Map<Long, Watcher> watchers = new HashMap<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>((a, b) -> Long.signum(a.atNanos() - b.atNanos()));
  private long lastToken = WAKE_TOKEN;
  private boolean woken;
  private volatile boolean closed;

  private Reactor(String name, ActivityLog log) throws PosixException {
    this.log = log;
    epoll = Epoll.open();
    wakeUp = EventFd.open();
    epoll.add(wakeUp.fd(), Epoll.READABLE, WAKE_TOKEN);
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  static Reactor start(String name, ActivityLog log) throws PosixException {
    Reactor reactor = new Reactor(name, log);
    reactor.thread.start();
    return reactor;
  }

  /** Runs {@code task} on the thread; any thread may ask. Tasks run in the order asked for. */
  void execute(Runnable task) {
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
  long watch(Fd fd, int interest, Watcher watcher) throws PosixException {
    long token = ++lastToken;
    epoll.add(fd, interest, token);
    watchers.put(token, watcher);
    return token;
  }

  /** Watches a descriptor no longer; before it is closed. */
  void unwatch(Fd fd, long token) {
    if (watchers.remove(token) != null && fd.isOpen()) {
      try {
        epoll.remove(fd);
      } catch (PosixException e) {
        log.error("output: " + e.getMessage());
      }
    }
  }

  /** Runs {@code action} on the thread after {@code delay}. */
  void after(Duration delay, Runnable action) {
    timers.add(new Timer(System.nanoTime() + delay.toNanos(), action));
  }

  void assertOnThread() {
    assert Thread.currentThread() == thread : "not on " + thread.getName();
  }

  /** Ends the thread once the tasks given so far have run, and waits {@code patience} for it. */
  void close(Duration patience) {
    execute(() -> closed = true);
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(2));
  }

  private void run() {
    while (!closed) {
      try {
        if (timers.isEmpty()) {
          epoll.await(this::dispatch);
        } else {
          epoll.awaitNanos(timers.peek().atNanos() - System.nanoTime(), this::dispatch);
        }
        drainWakeUp();
      } catch (PosixException e) {
        throw new IllegalStateException("the output loop cannot wait", e);
      }
      runDueTimers();
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        guarded(task);
      }
    }
    epoll.close();
    wakeUp.close();
  }

  private void dispatch(long token, int events) {
    if (token == WAKE_TOKEN) {
      woken = true;
      return;
    }
    Watcher watcher = watchers.get(token);
    if (watcher != null) {
      guarded(() -> watcher.ready(events));
    }
  }

  private void drainWakeUp() throws PosixException {
    if (woken) {
      woken = false;
      wakeUp.drain();
    }
  }

  private void runDueTimers() {
    while (!timers.isEmpty() && timers.peek().atNanos() - System.nanoTime() <= 0) {
      guarded(timers.poll().action());
    }
  }

  /** One child's bad luck must not end the output of the others. */
  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.critical("output: uncaught " + e);
    }
  }
}
