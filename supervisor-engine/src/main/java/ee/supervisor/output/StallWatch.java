package ee.supervisor.output;

import ee.supervisor.guard.Guard;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Notices that a thread doesn't come back from a strand. Costs two volatile writes a turn; its
 * thread sleeps while there are no turns.
 */
final class StallWatch implements AutoCloseable {
  /** How long a turn may take. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Guard guard;
  private final Replacement onStall;
  private final Thread thread;

  /** Even between turns, odd in one; never the same again. */
  private final AtomicLong turn = new AtomicLong();

  private volatile boolean asleep;
  private volatile boolean closed;
  private Strand entered;

  /** Has somebody else go on. */
  interface Replacement {
    /**
     * Called on the watching thread, and again while that lasts.
     *
     * @param strand where a thread is stuck
     * @param claim takes its turn away, and then its {@link #leave} will return false; false when
     *     it has come back or somebody else was faster
     */
    void goOn(Strand strand, BooleanSupplier claim);
  }

  /**
   * Starts the watching thread.
   *
   * @param guard logs what {@code onStall} throws; it is asked again then
   */
  StallWatch(String name, Guard guard, Replacement onStall) {
    this.guard = guard;
    this.onStall = onStall;
    thread = new Thread(this::watch, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** A turn begins; one at a time. */
  long enter(Strand strand) {
    entered = strand;
    long mine = turn.incrementAndGet();
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
    return mine;
  }

  /**
   * A turn ends.
   *
   * @param mine what {@link #enter} returned
   * @return false when the turn was taken away
   */
  boolean leave(long mine) {
    return turn.compareAndSet(mine, mine + 1);
  }

  private void watch() {
    while (!closed) {
      long before = turn.get();
      parkFor(PATIENCE);
      if (turn.get() == before) {
        if (before % 2 == 0) {
          sleepUntilNextTurn(before);
        } else {
          Strand strand = entered;
          guard.run(
              "the watch for stalls",
              () -> onStall.goOn(strand, () -> turn.compareAndSet(before, before + 1)));
        }
      }
    }
  }

  private void parkFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  private void sleepUntilNextTurn(long before) {
    asleep = true;
    while (asleep && !closed && turn.get() == before) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
