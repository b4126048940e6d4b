package ee.supervisor.jmx.console;

import java.time.Duration;
import java.util.Locale;

/** Writes numbers the way operators read them. */
final class CellTexts {
  private static final double KIB = 1024;
  private static final double MIB = KIB * KIB;
  private static final double GIB = KIB * MIB;

  private CellTexts() {}

  /** Such as {@code 12.3 MiB}. */
  static String bytes(long bytes) {
    if (bytes >= GIB) {
      return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }
    return bytes >= MIB
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / MIB)
        : String.format(Locale.ROOT, "%.0f KiB", bytes / KIB);
  }

  /** Such as {@code 1 d 2:03:04}. */
  static String duration(long seconds) {
    Duration up = Duration.ofSeconds(seconds);
    String time =
        String.format(
            Locale.ROOT, "%d:%02d:%02d", up.toHoursPart(), up.toMinutesPart(), up.toSecondsPart());
    return up.toDays() == 0 ? time : up.toDays() + " d " + time;
  }

  /** Such as {@code 12.3}. */
  static String percent(double percent) {
    return String.format(Locale.ROOT, "%.1f", percent);
  }
}
