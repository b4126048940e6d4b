package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import ee.supervisor.protocol.Signals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes values of the texts of options, by Supervisor's rules and with its words for what is wrong.
 */
final class Conversions {
  private static final Set<String> TRUE = Set.of("yes", "true", "on", "1");
  private static final Set<String> FALSE = Set.of("no", "false", "off", "0");

  /** Longer names before those that they end with. */
  private static final Map<String, Duration> DURATIONS = durations();

  private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?");

  private static final int MAX_EXIT_CODE = 255;
  private static final int MAX_PORT = 0xffff;

  private Conversions() {}

  private static Map<String, Duration> durations() {
    Map<String, Duration> units = new LinkedHashMap<>();
    units.put("ms", Duration.ofMillis(1));
    units.put("s", Duration.ofSeconds(1));
    units.put("m", Duration.ofMinutes(1));
    units.put("h", Duration.ofHours(1));
    units.put("d", Duration.ofDays(1));
    return units;
  }

  /** A whole number, as Python's {@code int()} takes it: signs, underscores, white space around. */
  static BigInteger integer(String text) throws ConfigException {
    return digits(WhiteSpace.strip(text), 10)
        .orElseThrow(
            () ->
                new ConfigException(
                    "invalid literal for int() with base 10: %s".formatted(repr(text))));
  }

  /** A mode or umask in octal, with or without {@code 0o}. */
  static int octal(String text) throws ConfigException {
    return digits(WhiteSpace.strip(text), 8)
        .map(Conversions::saturatedInt)
        .orElseThrow(() -> new ConfigException(text + " can not be converted to an octal type"));
  }

  private static Optional<BigInteger> digits(String text, int radix) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = text.substring(signed ? 1 : 0);
    if (radix == 8 && digits.toLowerCase(Locale.ROOT).startsWith("0o")) {
      digits = digits.substring(digits.startsWith("_", 2) ? 3 : 2);
    }
    StringBuilder plain = new StringBuilder(text.startsWith("-") ? "-" : "");
    boolean afterDigit = false;
    for (int i = 0; i < digits.length(); i += Character.charCount(digits.codePointAt(i))) {
      int c = digits.codePointAt(i);
      if (c == '_' && afterDigit) {
        afterDigit = false;
        continue;
      }
      int digit = Character.isDigit(c) ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return Optional.empty();
      }
      plain.append((char) ('0' + digit));
      afterDigit = true;
    }
    return afterDigit ? Optional.of(new BigInteger(plain.toString(), radix)) : Optional.empty();
  }

  /** A whole number; one beyond the range of a {@code long} becomes the nearest within. */
  static long wholeNumber(String text) throws ConfigException {
    return saturatedLong(integer(text));
  }

  /** A size as {@link #byteSize}; one beyond the range of a {@code long} becomes the nearest. */
  static long bytes(String text) throws ConfigException {
    return saturatedLong(byteSize(text));
  }

  /** The number, or the nearest an {@code int} holds. */
  static int saturatedInt(BigInteger number) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, saturatedLong(number)));
  }

  /** The number, or the nearest a {@code long} holds. */
  static long saturatedLong(BigInteger number) {
    if (number.bitLength() < Long.SIZE) {
      return number.longValue();
    }
    return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /**
   * A time: seconds, also with a fraction, or a number with {@code ms}, {@code s}, {@code m},
   * {@code h} or {@code d}.
   */
  static Duration duration(String text) throws ConfigException {
    String lower = WhiteSpace.strip(text).toLowerCase(Locale.ROOT);
    for (Map.Entry<String, Duration> unit : DURATIONS.entrySet()) {
      if (lower.endsWith(unit.getKey())) {
        return duration(
            text, lower.substring(0, lower.length() - unit.getKey().length()), unit.getValue());
      }
    }
    return duration(text, lower, Duration.ofSeconds(1));
  }

  private static Duration duration(String text, String number, Duration unit)
      throws ConfigException {
    String digits = WhiteSpace.strip(number);
    if (!DECIMAL.matcher(digits).matches()) {
      throw new ConfigException(
          "%s is no time: such as 10, 0.5, 500ms, 5m, 2h or 1d is wanted".formatted(repr(text)));
    }
    BigDecimal nanos = new BigDecimal(digits).multiply(BigDecimal.valueOf(unit.toNanos()));
    return Duration.ofNanos(saturatedLong(nanos.toBigInteger()));
  }

  /** A time about as a file would have it: in seconds, with a fraction if need be. */
  static String text(Duration time) {
    return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
  }

  /** {@code yes/true/on/1} or {@code no/false/off/0} in any case. */
  static boolean bool(String text) throws ConfigException {
    String lower = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(lower)) {
      return true;
    } else if (FALSE.contains(lower)) {
      return false;
    }
    throw new ConfigException("not a valid boolean value: " + repr(text));
  }

  /** When a program is started again: a boolean, or {@code unexpected}. */
  static Autorestart autorestart(String text) throws ConfigException {
    String lower = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(lower)) {
      return Autorestart.ALWAYS;
    } else if (FALSE.contains(lower)) {
      return Autorestart.NEVER;
    } else if (lower.equals("unexpected")) {
      return Autorestart.UNEXPECTED;
    }
    throw new ConfigException("invalid 'autorestart' value " + repr(lower));
  }

  /** A size in bytes; {@code KB}, {@code MB}, {@code GB} are powers of 1024. */
  static BigInteger byteSize(String text) throws ConfigException {
    String lower = text.toLowerCase(Locale.ROOT);
    int shift =
        lower.endsWith("kb") ? 10 : lower.endsWith("mb") ? 20 : lower.endsWith("gb") ? 30 : 0;
    String number = shift == 0 ? lower : lower.substring(0, lower.length() - 2);
    return integer(number).shiftLeft(shift);
  }

  /** The items between commas, each without white space around; none of an empty text. */
  static List<String> list(String text) {
    List<String> items = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String item : text.split(",", -1)) {
        items.add(WhiteSpace.strip(item));
      }
    }
    return items;
  }

  /** Exit codes between commas, each 0 to 255. */
  static List<Integer> exitCodes(String text) throws ConfigException {
    List<Integer> codes = new ArrayList<>();
    for (String item : list(text)) {
      Optional<Integer> code = digits(item, 10).map(Conversions::saturatedInt);
      if (code.isEmpty() || code.get() < 0 || code.get() > MAX_EXIT_CODE) {
        throw new ConfigException("not a valid list of exit codes: " + repr(text));
      }
      codes.add(code.get());
    }
    return codes;
  }

  /** The number of a signal, named with or without {@code SIG}, in any case, or by number. */
  static int signal(String text) throws ConfigException {
    try {
      Optional<BigInteger> number = digits(WhiteSpace.strip(text), 10);
      return Signals.number(number.isPresent() ? number.get().toString() : text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage(), e);
    }
  }

  /**
   * Signals as {@link #signal}, with commas or, as Go's supervisord has it, white space between.
   */
  static List<Integer> signals(String text) throws ConfigException {
    String stripped = WhiteSpace.strip(text);
    if (stripped.indexOf(',') < 0 && !stripped.matches("\\S+\\s+\\S.*")) {
      return List.of(signal(text));
    }
    List<Integer> signals = new ArrayList<>();
    for (String each : stripped.split("\\s*,\\s*|\\s+", -1)) {
      signals.add(signal(each));
    }
    return List.copyOf(signals);
  }

  /** A level's name as the file has it, such as {@code debug}. */
  static LogLevel logLevel(String text) throws ConfigException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "critical" -> LogLevel.CRIT;
      case "error" -> LogLevel.ERRO;
      case "warn" -> LogLevel.WARN;
      case "info" -> LogLevel.INFO;
      case "debug" -> LogLevel.DEBG;
      case "trace" -> LogLevel.TRAC;
      case "blather" -> LogLevel.BLAT;
      default -> throw new ConfigException("bad logging level name " + repr(text));
    };
  }

  /** The name of a process or group, fit for the event protocol and for URLs. */
  static String name(String text) throws ConfigException {
    String name = WhiteSpace.strip(text);
    for (String forbidden : List.of(" ", ":", "/")) {
      if (name.contains(forbidden)) {
        throw new ConfigException(
            "Invalid name: %s because of character: %s".formatted(repr(text), repr(forbidden)));
      }
    }
    return name;
  }

  /** A TCP port, 1 to 65535. */
  static int port(String text) throws ConfigException {
    BigInteger port = integer(text);
    if (port.signum() <= 0) {
      throw new ConfigException(port + " is below lower bound (1)");
    } else if (port.compareTo(BigInteger.valueOf(MAX_PORT)) > 0) {
      throw new ConfigException("%s is above upper bound (%d)".formatted(port, MAX_PORT));
    }
    return port.intValue();
  }
}
