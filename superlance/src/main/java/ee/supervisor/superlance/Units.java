package ee.supervisor.superlance;

import java.util.Locale;
import java.util.Map;

/** Reads numbers with a unit at their end, in any case of letters. */
final class Units {
  private static final Map<String, Long> BYTES =
      Map.of("kb", 1024L, "mb", 1024L * 1024, "gb", 1024L * 1024 * 1024);
  private static final Map<String, Long> SECONDS =
      Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86_400L);

  private Units() {}

  /**
   * A number of bytes: {@code 10000}, {@code 64KB}, {@code 200MB}, {@code 1GB}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long bytes(String text) {
    return amount(text, BYTES, "a size in bytes, such as 200MB");
  }

  /**
   * A number of seconds: {@code 90}, {@code 90s}, {@code 5m}, {@code 2h}, {@code 1d}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long seconds(String text) {
    return amount(text, SECONDS, "a time in seconds, such as 90 or 5m");
  }

  private static long amount(String text, Map<String, Long> units, String expected) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    try {
      for (Map.Entry<String, Long> unit : units.entrySet()) {
        if (lower.endsWith(unit.getKey())) {
          String number = lower.substring(0, lower.length() - unit.getKey().length());
          return Math.multiplyExact(Long.parseLong(number.strip()), unit.getValue());
        }
      }
      return Long.parseLong(lower);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("'%s' is not %s".formatted(text, expected), e);
    }
  }
}
