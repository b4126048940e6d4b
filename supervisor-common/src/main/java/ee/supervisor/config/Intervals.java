package ee.supervisor.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as options have them: a number of seconds, or with a unit: 500ms, 30s, 5m, 24h,
 * 7d.
 */
final class Intervals {
  private static final Duration MOST = Duration.ofDays(3650);
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|)");

  private Intervals() {}

  static Duration parse(String text) throws ConfigException {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new ConfigException(
          "'%s' is no length of time such as 500ms, 30s, 5m, 24h or 7d".formatted(text));
    }
    Duration read = read(Long.parseLong(time.group(1)), time.group(2));
    if (read.compareTo(MOST) > 0) {
      throw new ConfigException("'%s' is longer than 3650d".formatted(text));
    }
    return read;
  }

  private static Duration read(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }

  /** In the largest unit that takes no fraction. */
  static String text(Duration time) {
    long millis = time.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = time.toSeconds();
    if (seconds % 86_400 == 0 && seconds > 0) {
      return time.toDays() + "d";
    } else if (seconds % 3600 == 0 && seconds > 0) {
      return time.toHours() + "h";
    }
    return seconds % 60 == 0 && seconds > 0 ? time.toMinutes() + "m" : seconds + "s";
  }
}
