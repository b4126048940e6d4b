package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Formats one value by Python's {@code %} operator with names: {@code %(name)s}, {@code
 * %(number)02d}, {@code %%}. For one use.
 */
final class PercentFormat {
  private static final String FLAGS = "-+ #0";
  private static final int MAX_WIDTH = 100_000;
  private static final int DEFAULT_DECIMALS = 6;
  private static final Object NOTHING = new Object();

  private final String text;
  private final Map<String, Object> values;
  private final StringBuilder out = new StringBuilder();
  private int position;
  private boolean spent;

  PercentFormat(String text, Map<String, Object> values) {
    this.text = text;
    this.values = values;
  }

  /** A name that nothing is known of; the message is the name. */
  static final class UnknownName extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownName(String name) {
      super(name);
    }
  }

  /** A specifier that cannot be formatted; the message says why. */
  static final class BadFormat extends Exception {
    private static final long serialVersionUID = 1L;

    BadFormat(String reason) {
      super(reason);
    }
  }

  String format() throws UnknownName, BadFormat {
    while (position < text.length()) {
      int percent = text.indexOf('%', position);
      if (percent < 0) {
        out.append(text, position, text.length());
        break;
      }
      out.append(text, position, percent);
      position = percent + 1;
      specifier();
    }
    return out.toString();
  }

  private void specifier() throws UnknownName, BadFormat {
    if (peek() == '%') {
      position++;
      out.append('%');
      return;
    }
    Object value = peek() == '(' ? named(key()) : unnamed();
    String flags = takeWhile(c -> FLAGS.indexOf(c) >= 0);
    int width = number(value);
    int precision = -1;
    if (peek() == '.') {
      position++;
      precision = number(value);
    }
    if (peek() == 'h' || peek() == 'l' || peek() == 'L') {
      position++;
    }
    int at = position;
    int conversion = next();
    if (value == NOTHING) {
      throw new BadFormat("not enough arguments for format string");
    }
    String text = converted(conversion, at, value, flags, precision);
    out.append(pad(text, value, conversion, flags, width));
  }

  /** What Python formats where no name is given: all names at once, if it is the first to ask. */
  private Object unnamed() {
    Object value = spent ? NOTHING : values;
    spent = true;
    return value;
  }

  private Object named(String key) throws UnknownName {
    Object value = values.get(key);
    if (value == null) {
      throw new UnknownName(key);
    }
    spent = true;
    return value;
  }

  private String key() throws BadFormat {
    int start = position + 1;
    int depth = 0;
    while (position < text.length()) {
      char c = text.charAt(position++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return text.substring(start, position - 1);
      }
    }
    throw new BadFormat("incomplete format key");
  }

  private String takeWhile(IntPredicate wanted) {
    int start = position;
    while (position < text.length() && wanted.test(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private int number(Object value) throws BadFormat {
    if (peek() == '*') {
      throw new BadFormat(
          value instanceof Number || value == NOTHING
              ? "not enough arguments for format string"
              : "* wants int");
    }
    String digits = takeWhile(c -> c >= '0' && c <= '9');
    if (digits.length() > 6 || (!digits.isEmpty() && Integer.parseInt(digits) > MAX_WIDTH)) {
      throw new BadFormat("width too big");
    }
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : -1;
  }

  private int next() throws BadFormat {
    if (position >= text.length()) {
      throw new BadFormat("incomplete format");
    }
    int c = text.codePointAt(position);
    position += Character.charCount(c);
    return c;
  }

  private static String converted(int conversion, int at, Object value, String flags, int precision)
      throws BadFormat {
    return switch (conversion) {
      case 's', 'r', 'a' -> truncated(text(conversion, value), precision);
      case 'c' -> character(value);
      case 'd', 'i', 'u' -> integer(conversion, value, 10, "", flags, precision);
      case 'o' -> integer(conversion, value, 8, "0o", flags, precision);
      case 'e', 'f', 'g', 'E', 'F', 'G' -> real(conversion, value, flags, precision);
      case 'x' -> integer(conversion, value, 16, "0x", flags, precision);
      case 'X' -> integer(conversion, value, 16, "0X", flags, precision);
      default ->
          throw new BadFormat(
              "unsupported format character '%s' (0x%x) at index %d"
                  .formatted(
                      conversion > 31 && conversion < 128 ? Character.toString(conversion) : "?",
                      conversion,
                      at));
    };
  }

  /** Python would write out all names with their values here, which nobody means. */
  private static String text(int conversion, Object value) throws BadFormat {
    if (value instanceof Map) {
      throw new BadFormat(
          "%%%c names nothing; a plain percent sign is written %%%%".formatted(conversion));
    }
    return conversion != 's' && value instanceof String string ? repr(string) : value.toString();
  }

  private static String truncated(String text, int precision) {
    return precision < 0 || text.codePointCount(0, text.length()) <= precision
        ? text
        : text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private static String character(Object value) throws BadFormat {
    if (value instanceof Number number) {
      return codePoint(number.longValue());
    } else if (value instanceof String string && string.codePointCount(0, string.length()) == 1) {
      return string;
    }
    throw new BadFormat("%%%c requires int or char".formatted('c'));
  }

  private static String codePoint(long number) throws BadFormat {
    if (number < 0 || number > Character.MAX_CODE_POINT) {
      throw new BadFormat("%%%c arg not in range(0x110000)".formatted('c'));
    }
    return Character.toString((int) number);
  }

  private static String integer(
      int conversion, Object value, int radix, String prefix, String flags, int precision)
      throws BadFormat {
    if (!(value instanceof Number number)) {
      throw new BadFormat(
          "%%%c format: %s is required, not %s"
              .formatted(
                  conversion, radix == 10 ? "a real number" : "an integer", pythonType(value)));
    }
    String digits = BigInteger.valueOf(number.longValue()).abs().toString(radix);
    if (conversion == 'X') {
      digits = upper(digits);
    }
    digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
    return sign(number, flags) + (flags.contains("#") ? prefix : "") + digits;
  }

  private static String sign(Number number, String flags) {
    return number.longValue() < 0
        ? "-"
        : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
  }

  /** Whole numbers alone are known here, but they may be asked for with decimals. */
  private static String real(int conversion, Object value, String flags, int precision)
      throws BadFormat {
    if (!(value instanceof Number number)) {
      throw new BadFormat("must be real number, not " + pythonType(value));
    }
    String text =
        RealFormat.of(
            Math.abs((double) number.longValue()),
            Character.toLowerCase((char) conversion),
            precision < 0 ? DEFAULT_DECIMALS : precision,
            flags.contains("#"));
    return sign(number, flags) + (Character.isUpperCase(conversion) ? upper(text) : text);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static String pythonType(Object value) {
    return value instanceof Map ? "dict" : "str";
  }

  private static String pad(String text, Object value, int conversion, String flags, int width) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    } else if (flags.contains("-")) {
      return text + " ".repeat(missing);
    } else if (!flags.contains("0") || "srac".indexOf(conversion) >= 0 || value instanceof String) {
      return " ".repeat(missing) + text;
    }
    int digits = 0;
    while (digits < text.length() && !Character.isLetterOrDigit(text.charAt(digits))) {
      digits++; // the zeros go after the sign
    }
    if (text.startsWith("0x", digits)
        || text.startsWith("0X", digits)
        || text.startsWith("0o", digits)) {
      digits += 2;
    }
    return text.substring(0, digits) + "0".repeat(missing) + text.substring(digits);
  }
}
