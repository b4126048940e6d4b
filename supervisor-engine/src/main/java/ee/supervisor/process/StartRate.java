package ee.supervisor.process;

import ee.supervisor.config.StartLimit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Counts a program's starts against its start limit. */
final class StartRate {
  private final Optional<StartLimit> limit;
  private final Deque<Long> starts = new ArrayDeque<>();

  StartRate(Optional<StartLimit> limit) {
    this.limit = limit;
  }

  /**
   * Counts a start.
   *
   * @param nanos when it is, by the monotonic clock
   * @return whether it is within the limit
   */
  boolean allows(long nanos) {
    if (limit.isEmpty()) {
      return true;
    }
    long within = limit.get().within().toNanos();
    while (!starts.isEmpty() && nanos - starts.peek() >= within) {
      starts.remove();
    }
    if (starts.size() >= limit.get().starts()) {
      return false;
    }
    starts.add(nanos);
    return true;
  }

  /** Forgets the past: an operator has started or stopped the program. */
  void reset() {
    starts.clear();
  }

  @Override
  public String toString() {
    return limit.map(StartLimit::toString).orElse("");
  }
}
