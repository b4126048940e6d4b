package ee.supervisor.posix;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded queue with one reader, which a {@link PromptThread} wakes at the end of its turn only:
 * a reader that is woken at once competes for a processor with what the turn is about, the next
 * child for instance. Any thread may offer.
 */
public final class Mailbox<E> {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final int capacity;
  private final Queue<E> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Runnable wake = this::wake;

  /** The reader, while it sleeps or is about to. */
  private volatile Thread sleeper;

  /** An empty one for {@code capacity} entries, at least 1. */
  public Mailbox(int capacity) {
    this.capacity = capacity;
  }

  /** Adds an entry and returns at once; false when there is no room. */
  public boolean offer(E entry) {
    if (count.incrementAndGet() > capacity) {
      count.decrementAndGet();
      return false;
    }
    add(entry);
    // After it was added: the reader looks once more before it sleeps.
    if (sleeper != null && !PromptThread.atTurnsEnd(wake)) {
      wake();
    }
    return true;
  }

  private void add(E entry) {
    boolean isAdded = false;
    try {
      isAdded = entries.add(entry);
    } finally {
      if (!isAdded) {
        // no memory for it: its place is free again
        count.decrementAndGet();
      }
    }
  }

  /** As {@link #offer(Object)}, waiting for room; the reader is woken at once. */
  public boolean offer(E entry, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!offer(entry)) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      Thread.sleep(PAUSE.toMillis());
    }
    wake();
    return true;
  }

  /** Wakes the reader now: for one who is going to wait for it. */
  public void wake() {
    Thread sleeping = sleeper;
    if (sleeping != null) {
      LockSupport.unpark(sleeping);
    }
  }

  /** Takes the oldest entry; null when there is none. */
  public E poll() {
    E oldest = entries.poll();
    if (oldest != null) {
      count.decrementAndGet();
    }
    return oldest;
  }

  /** Takes the oldest entry, for which the reader waits if need be. */
  public E take() throws InterruptedException {
    E next = poll();
    if (next != null) {
      return next;
    }
    sleeper = Thread.currentThread();
    try {
      for (next = poll(); next == null; next = poll()) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return next;
    } finally {
      sleeper = null;
    }
  }

  /** Takes all that is there now. */
  public void drainTo(Collection<? super E> target) {
    for (int left = count.get(); left > 0; left--) {
      E next = poll();
      if (next == null) {
        return;
      }
      target.add(next);
    }
  }
}
