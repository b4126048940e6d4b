package ee.supervisor.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes a number with decimals as C and Python do: {@code %f}, {@code %e} and {@code %g}. */
final class RealFormat {
  /** Below this exponent {@code %g} counts in powers of ten. */
  private static final int SMALLEST_PLAIN_EXPONENT = -4;

  private RealFormat() {}

  /**
   * The digits of a number that is not negative.
   *
   * @param conversion f, e or g
   * @param precision digits behind the point, for g digits in all
   * @param alternate whether there is a point even with nothing behind it ({@code #})
   */
  static String of(double number, char conversion, int precision, boolean alternate) {
    BigDecimal exact = new BigDecimal(number);
    return switch (conversion) {
      case 'f' -> fixed(exact, precision, alternate);
      case 'e' -> scientific(exact, precision, alternate);
      default -> general(exact, Math.max(precision, 1), alternate);
    };
  }

  private static String fixed(BigDecimal number, int precision, boolean alternate) {
    String text = number.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return precision == 0 && alternate ? text + "." : text;
  }

  private static String scientific(BigDecimal number, int precision, boolean alternate) {
    BigDecimal rounded = rounded(number, precision + 1);
    int exponent = exponentOf(rounded);
    String mantissa = fixed(rounded.movePointLeft(exponent), precision, alternate);
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static String general(BigDecimal number, int digits, boolean alternate) {
    BigDecimal rounded = rounded(number, digits);
    int exponent = exponentOf(rounded);
    if (exponent < SMALLEST_PLAIN_EXPONENT || exponent >= digits) {
      String text = scientific(rounded, digits - 1, alternate);
      int mark = text.indexOf('e');
      return shortened(text.substring(0, mark), alternate) + text.substring(mark);
    }
    return shortened(fixed(rounded, digits - 1 - exponent, alternate), alternate);
  }

  private static BigDecimal rounded(BigDecimal number, int digits) {
    return number.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static int exponentOf(BigDecimal number) {
    return number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
  }

  /** Zeros at the end of the decimals go, and the point with the last of them. */
  private static String shortened(String text, boolean alternate) {
    return alternate || text.indexOf('.') < 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
