package ee.supervisor.output;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one channel has handed out and nobody is done with yet. Safe for all threads. */
final class HeldData {
  private static final long LIMIT_BYTES = 256 << 10;

  /** About what an event costs beyond its data, so that many small ones count too. */
  private static final int OVERHEAD_BYTES = 256;

  private final AtomicLong bytes = new AtomicLong();
  private final Runnable onRoom;

  /**
   * Nothing held yet.
   *
   * @param onRoom run, on the thread of whoever is done, when there is room again
   */
  HeldData(Runnable onRoom) {
    this.onRoom = onRoom;
  }

  boolean isFull() {
    return bytes.get() > LIMIT_BYTES;
  }

  /** Counts {@code length} bytes until the returned action is run; only its first run counts. */
  Runnable hold(int length) {
    long cost = (long) length + OVERHEAD_BYTES;
    bytes.addAndGet(cost);
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        long left = bytes.addAndGet(-cost);
        if (left <= LIMIT_BYTES && left + cost > LIMIT_BYTES) {
          onRoom.run();
        }
      }
    };
  }
}
