package ee.supervisor.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long a client has to wait for a response after it sent wrong passwords: not at all for the
 * first few, then twice as long with each, until it sends a right one or keeps quiet for a while. A
 * client is an address, or an account of the system, at one listener: whoever guesses by TCP holds
 * up nobody at a Unix socket.
 *
 * <p>Safe for all threads; its lock is held for a look-up. It remembers the clients that failed
 * last, and not more than a thousand.
 */
public final class FailureDelay {
  private static final int FREE_FAILURES = 3;
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(8);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);
  private static final int MAX_CLIENTS = 1000;

  private final LongSupplier nanoTime;
  private final Map<Client, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Client, Failures> eldest) {
          return size() > MAX_CLIENTS;
        }
      };

  private record Failures(int count, long lastNanos) {}

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public FailureDelay(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How long the next response to {@code client} is held back, whatever it will be. */
  synchronized Duration before(Client client) {
    Failures known = failures.get(client);
    if (known == null || known.count() <= FREE_FAILURES) {
      return Duration.ZERO;
    }
    if (nanoTime.getAsLong() - known.lastNanos() > FORGOTTEN_AFTER.toNanos()) {
      failures.remove(client);
      return Duration.ZERO;
    }
    int doublings = Math.min(known.count() - FREE_FAILURES - 1, 10);
    Duration delay = FIRST.multipliedBy(1L << doublings);
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  /** A wrong password came from {@code client}. */
  synchronized void failed(Client client) {
    int count = failures.containsKey(client) ? failures.get(client).count() : 0;
    failures.put(client, new Failures(count + 1, nanoTime.getAsLong()));
  }

  /** The right password came from {@code client}. */
  synchronized void succeeded(Client client) {
    failures.remove(client);
  }
}
