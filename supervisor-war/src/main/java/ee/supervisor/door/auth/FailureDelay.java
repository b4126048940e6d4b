package ee.supervisor.door.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long an address has to wait for an answer after it sent wrong passwords: not at all for the
 * first few, then twice as long with each, until it sends a right one or keeps quiet for a while.
 *
 * <p>Safe for all threads; its lock is held for a look-up. It remembers the addresses that failed
 * last, and not more than a thousand.
 */
final class FailureDelay {
  private static final int FREE_FAILURES = 3;
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(8);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);
  private static final int MAX_ADDRESSES = 1000;

  private final LongSupplier nanoTime;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  private record Failures(int count, long lastNanos) {}

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  FailureDelay(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How long the next answer to {@code address} is held back, whatever it will be. */
  synchronized Duration before(String address) {
    Failures known = failures.get(address);
    if (known == null || known.count() <= FREE_FAILURES) {
      return Duration.ZERO;
    }
    if (nanoTime.getAsLong() - known.lastNanos() > FORGOTTEN_AFTER.toNanos()) {
      failures.remove(address);
      return Duration.ZERO;
    }
    int doublings = Math.min(known.count() - FREE_FAILURES - 1, 10);
    Duration delay = FIRST.multipliedBy(1L << doublings);
    return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
  }

  /** A wrong password came from {@code address}. */
  synchronized void failed(String address) {
    int count = failures.containsKey(address) ? failures.get(address).count() : 0;
    failures.put(address, new Failures(count + 1, nanoTime.getAsLong()));
  }

  /** The right password came from {@code address}. */
  synchronized void succeeded(String address) {
    failures.remove(address);
  }
}
