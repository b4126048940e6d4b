package ee.supervisor.clock;

import ee.supervisor.posix.ClockOffset;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * What an instant is called on this machine's clocks, as localtime(3) gives it: by it alone, since
 * Java knows the zones of its own database and not the rest of what {@code TZ} may say (a path, a
 * rule such as {@code CET-1CEST,M3.5.0,M10.5.0/3}), and takes some names for others than the C
 * library does. {@link java.time.ZoneId} would moreover ask for its providers first, in every jar
 * of the class path: 0.2 s before the first child, with the 300 of an application server.
 */
public final class LocalTime {
  /** Clocks change at the full quarter of an hour, so the offset holds until the next one. */
  private static final int QUARTER_SECONDS = 900;

  private static volatile Offset last = new Offset(Long.MIN_VALUE, 0);

  private LocalTime() {}

  private record Offset(long quarter, int seconds) {}

  /** The date and time of {@code instant} in the time zone of this process. */
  public static LocalDateTime of(Instant instant) {
    long second = instant.getEpochSecond();
    return LocalDateTime.ofEpochSecond(second + offset(second), instant.getNano(), ZoneOffset.UTC);
  }

  private static int offset(long second) {
    long quarter = Math.floorDiv(second, QUARTER_SECONDS);
    Offset known = last;
    if (known.quarter != quarter) {
      known = new Offset(quarter, ClockOffset.seconds(second));
      last = known;
    }
    return known.seconds;
  }
}
