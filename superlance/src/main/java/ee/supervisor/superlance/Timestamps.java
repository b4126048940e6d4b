package ee.supervisor.superlance;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the time in the two forms in which superlance's mails have it. */
final class Timestamps {
  private static final DateTimeFormatter ACTIVITY_LOG =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS", Locale.ROOT);
  private static final DateTimeFormatter C_LIBRARY =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US);

  private final Clock clock;

  Timestamps(Clock clock) {
    this.clock = clock;
  }

  /** {@code 2026-11-23 07:21:44,123}, local time. */
  String asInLog() {
    return ACTIVITY_LOG.format(ZonedDateTime.now(clock));
  }

  /** {@code Mon Nov 23 07:21:44 2026}, as asctime(3), local time. */
  String asInC() {
    return C_LIBRARY.format(ZonedDateTime.now(clock));
  }
}
