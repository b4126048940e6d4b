package ee.supervisor.listener;

import ee.supervisor.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows which TICK events are due: one whenever the wall clock has moved into another slice of 5,
 * 60 or 3600 seconds than that of the moment this was made, in either direction.
 *
 * <p>The control loop replaces its Ticks by one for {@code now} after publishing what was due.
 *
 * @param seen the last moment looked at
 */
public record Ticks(Instant seen) {
  /** The events due at {@code now}, shortest period first; empty for most moments. */
  public List<Event.Tick> due(Instant now) {
    List<Event.Tick> due = new ArrayList<>();
    for (int period : Event.Tick.PERIODS) {
      long slice = slice(period, now);
      if (slice != slice(period, seen)) {
        due.add(new Event.Tick(period, slice));
      }
    }
    return due;
  }

  /** Time from {@code now} to the start of the next slice: more than zero, at most 5 seconds. */
  public static Duration untilNext(Instant now) {
    int shortest = Event.Tick.PERIODS.get(0);
    long next = slice(shortest, now) + shortest;
    return Duration.between(now, Instant.ofEpochSecond(next));
  }

  private static long slice(int period, Instant when) {
    return Math.floorDiv(when.getEpochSecond(), period) * period;
  }
}
