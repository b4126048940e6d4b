package ee.supervisor.posix;

import ee.supervisor.guard.Guard;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices the end of children on systems without pidfd: one thread for all of them, which sleeps in
 * waitid(2) until any child of this process has ended. It waits for those it was given and for no
 * others.
 *
 * <p>Not by SIGCHLD, which is what waitid sleeps for anyhow: the JVM starts a thread for each
 * signal.
 */
final class ChildWaiter implements AutoCloseable {
  /**
   * Somebody else's child that has ended stays first in the kernel's list until it is waited for,
   * and hides ours: then all of ours are looked at, after a pause that grows while that lasts.
   */
  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(32).toNanos();

  private final Map<Integer, WaitedChild> children = new ConcurrentHashMap<>();
  private final Guard guard;
  private final Thread thread = new Thread(this::run, "supervisor-waiter");
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private volatile boolean closed;

  private ChildWaiter(Guard guard) {
    this.guard = guard;
  }

  static ChildWaiter start(Guard guard) {
    ChildWaiter waiter = new ChildWaiter(guard);
    waiter.thread.setDaemon(true);
    waiter.thread.start();
    return waiter;
  }

  /** Waits for {@code child} from now on. */
  void add(WaitedChild child) {
    children.put(child.pid(), child);
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed || !children.isEmpty()) {
      if (children.isEmpty()) {
        LockSupport.park(this);
      } else {
        guard.run("waiting for children", this::waitForOne);
      }
    }
  }

  private void waitForOne() {
    int pid = Children.awaitAnyEnded();
    WaitedChild child = children.get(pid);
    if (child != null) {
      pauseNanos = FIRST_PAUSE_NANOS;
      reap(child);
    } else {
      children.values().forEach(this::reap);
      LockSupport.parkNanos(this, pauseNanos);
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    }
  }

  private void reap(WaitedChild child) {
    guard.run(
        child,
        () -> {
          try {
            if (child.reapIfEnded()) {
              children.remove(child.pid(), child);
            }
          } catch (Throwable thrown) {
            // It has ended, and the callback for that failed: none is called twice.
            children.remove(child.pid(), child);
            throw thrown;
          }
        });
  }

  /** Ends the thread once all children have ended. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
