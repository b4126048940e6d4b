package ee.supervisor.check;

import ee.supervisor.guard.Guard;
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
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread on which all health is looked after: it waits in epoll for sockets, tasks and
 * timers. What takes longer than a system call runs elsewhere. The thread starts with the first
 * task, so that it costs nothing where nobody is looked after.
 *
 * <p>Confined to that thread but for {@link #execute} and {@link #close}.
 */
public final class CheckLoop implements Executor, AutoCloseable {
  private static final long WAKE_TOKEN = 0;

  /** After a turn that failed; what failed it (too little memory) may be over soon. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Guard guard;
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Due> timers = new PriorityQueue<>();
  private final Map<Long, Runnable> watches = new HashMap<>();
  private final Map<Long, Fd> watched = new HashMap<>();
  private Epoll epoll;
  private long lastToken = WAKE_TOKEN;

  /** Guarded by this object, as is what starts and ends the thread. */
  private EventFd wake;

  private boolean closed;

  /** A loop whose thread is not yet needed. */
  public CheckLoop(Guard guard) {
    this.guard = guard;
  }

  /** Something to be done once its time has come. */
  private static final class Due implements Comparable<Due>, Timing {
    private final long atNanos;
    private Runnable action;

    Due(long atNanos, Runnable action) {
      this.atNanos = atNanos;
      this.action = action;
    }

    @Override
    public void cancel() {
      action = null;
    }

    @Override
    public int compareTo(Due other) {
      // a difference, not values: nanoTime may wrap
      return Long.signum(atNanos - other.atNanos);
    }
  }

  /** An action that will be run unless it is cancelled. */
  public interface Timing {
    /** Nothing to be cancelled. */
    Timing NONE = () -> {};

    /** Makes sure that it will not be run any more; harmless if it has been. */
    void cancel();
  }

  /** Runs {@code task} on the thread; does nothing once it is closed. */
  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      if (closed) {
        return;
      }
      inbox.add(task);
      try {
        if (wake == null) {
          start();
        }
        wake.signal();
      } catch (PosixException e) {
        guard.report("the thread of checks", e);
      }
    }
  }

  private void start() throws PosixException {
    Epoll opened = Epoll.open();
    boolean complete = false;
    EventFd signal = null;
    try {
      signal = EventFd.open();
      opened.add(signal.fd(), Epoll.READABLE, WAKE_TOKEN);
      epoll = opened;
      wake = signal;
      Thread thread = new Thread(this::run, "supervisor-checks");
      thread.setDaemon(true);
      thread.start();
      complete = true;
    } finally {
      if (!complete) {
        wake = null;
        opened.close();
        if (signal != null) {
          signal.close();
        }
      }
    }
  }

  /** Runs {@code action} after {@code delay}. */
  public Timing schedule(Duration delay, Runnable action) {
    Due due = new Due(System.nanoTime() + delay.toNanos(), action);
    timers.add(due);
    return due;
  }

  /**
   * Runs {@code onReady} each time that something can be done with {@code fd}, until it is {@link
   * #unwatch}ed.
   *
   * @param interest of {@link Epoll}
   * @return names the watch
   */
  public long watch(Fd fd, int interest, Runnable onReady) throws PosixException {
    long token = ++lastToken;
    epoll.add(fd, interest, token);
    watches.put(token, onReady);
    watched.put(token, fd);
    return token;
  }

  /** Ends a watch, before its descriptor is closed; harmless if it has ended. */
  public void unwatch(long token) {
    watches.remove(token);
    Fd fd = watched.remove(token);
    if (fd != null && fd.isOpen()) {
      try {
        epoll.remove(fd);
      } catch (PosixException e) {
        guard.report("a watch of ", fd, e);
      }
    }
  }

  private void run() {
    while (!isClosed()) {
      try {
        turn();
      } catch (Throwable thrown) {
        guard.report("the thread of checks", thrown);
        LockSupport.parkNanos(this, PAUSE.toNanos());
      }
    }
    watched.values().forEach(Fd::close);
    epoll.close();
    wake.close();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void turn() throws PosixException {
    while (!timers.isEmpty() && timers.peek().action == null) {
      timers.poll();
    }
    if (timers.isEmpty()) {
      epoll.await(this::ready);
    } else {
      epoll.awaitNanos(timers.peek().atNanos - System.nanoTime(), this::ready);
    }
    for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
      guard.run("a check", task);
    }
    runTimers();
  }

  private void ready(long token, int events) {
    if (token == WAKE_TOKEN) {
      guard.run("the thread of checks", this::drain);
      return;
    }
    Runnable watch = watches.get(token);
    if (watch != null) {
      guard.run("a check", watch);
    }
  }

  private void drain() {
    try {
      wake.drain();
    } catch (PosixException e) {
      guard.report("the thread of checks", e);
    }
  }

  private void runTimers() {
    long now = System.nanoTime();
    while (!timers.isEmpty() && timers.peek().atNanos - now <= 0) {
      Runnable action = timers.poll().action;
      if (action != null) {
        guard.run("a check", action);
      }
    }
  }

  /** Ends the thread, and whatever it was at. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      inbox.clear();
      if (wake != null) {
        try {
          wake.signal();
        } catch (PosixException e) {
          guard.report("the thread of checks", e);
        }
      }
    }
  }
}
