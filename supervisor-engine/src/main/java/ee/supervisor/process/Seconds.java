package ee.supervisor.process;

import java.math.BigDecimal;
import java.time.Duration;

/** A time as operators are told it: {@code 5 s}, {@code 0.25 s}. */
public final class Seconds {
  private Seconds() {}

  /** The words for {@code time}. */
  public static String of(Duration time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toNanos(), 9);
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }
}
