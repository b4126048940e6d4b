package ee.supervisor.control;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Counts the calls that a door has taken and not responded to yet: the client that asked
 * supervisord to shut down hears that it does, though nothing may be left to stop. Found as {@link
 * Handover} is.
 */
public final class PendingResponses {
  private static final int ALL = Integer.MAX_VALUE;
  private static final Semaphore FREE = new Semaphore(ALL);

  private PendingResponses() {}

  /** A door has taken a call; {@link #end} follows exactly once. */
  public static void begin() {
    FREE.acquireUninterruptibly();
  }

  /** The response has left, or there is nobody left to take it. */
  public static void end() {
    FREE.release();
  }

  /**
   * Waits until no response is pending.
   *
   * @return false when {@code patience} was over first, or the thread was interrupted
   */
  public static boolean await(Duration patience) {
    try {
      boolean none = FREE.tryAcquire(ALL, patience.toMillis(), TimeUnit.MILLISECONDS);
      if (none) {
        FREE.release(ALL);
      }
      return none;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
