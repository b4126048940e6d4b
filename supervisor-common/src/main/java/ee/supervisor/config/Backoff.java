package ee.supervisor.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a program whose start has failed waits for its next try.
 *
 * @param growth from try to try
 * @param first before the second try
 * @param most never longer than that
 * @param jitterPercent by how much a wait may be shorter or longer, at random
 */
public record Backoff(Growth growth, Duration first, Duration most, int jitterPercent) {
  private static final int MAX_PERCENT = 100;

  /** Supervisor's: a second longer each time. */
  public static final Backoff SUPERVISORS =
      new Backoff(Growth.LINEAR, Duration.ofSeconds(1), Duration.ofSeconds(Long.MAX_VALUE), 0);

  /** How a wait becomes longer from try to try. */
  public enum Growth {
    CONSTANT,
    LINEAR,
    EXPONENTIAL
  }

  /**
   * The wait after so many failed tries in a row.
   *
   * @param tries at least 1
   * @param chance from 0 to below 1: where in the jitter it falls
   */
  public Duration after(long tries, double chance) {
    Duration plain =
        switch (growth) {
          case CONSTANT -> first;
          case LINEAR -> times(tries);
          case EXPONENTIAL -> times(tries > Long.SIZE - 2 ? Long.MAX_VALUE : 1L << (tries - 1));
        };
    if (jitterPercent == 0) {
      return plain;
    }
    double factor = 1 + jitterPercent / 100.0 * (2 * chance - 1);
    return Duration.ofMillis((long) (plain.toMillis() * factor));
  }

  private Duration times(long factor) {
    // compared before it is multiplied: neither has a bound
    boolean beyond = !first.isZero() && most.dividedBy(first) < factor;
    return beyond ? most : first.multipliedBy(factor);
  }

  /** Reads {@code exponential 1s 60s jitter 20%}, {@code linear 1s 10s}, {@code constant 5s}. */
  static Backoff parse(String text) throws ConfigException {
    List<String> words = new ArrayList<>(List.of(WhiteSpace.strip(text).split("\\s+")));
    int jitter = takeJitter(words);
    Growth growth = growth(words.get(0));
    int times = growth == Growth.CONSTANT ? 1 : 2;
    if (words.size() != 1 + times) {
      throw new ConfigException(
          "%s needs %s"
              .formatted(
                  words.get(0), times == 1 ? "one time" : "two times, the first and the most"));
    }
    Duration first = Intervals.parse(words.get(1));
    Duration most = Intervals.parse(words.get(times));
    if (most.compareTo(first) < 0) {
      throw new ConfigException("%s is less than %s".formatted(words.get(times), words.get(1)));
    }
    return new Backoff(growth, first, most, jitter);
  }

  private static Growth growth(String word) throws ConfigException {
    for (Growth growth : Growth.values()) {
      if (growth.name().toLowerCase(Locale.ROOT).equals(word)) {
        return growth;
      }
    }
    throw new ConfigException("'%s' is not constant, linear or exponential".formatted(word));
  }

  /** A percent sign behind a number is one, and begins nothing to expand. */
  static String withPlainPercent(String raw) {
    return raw.replaceAll("(?<=\\d)%(?![%(])", "%%");
  }

  /** Takes {@code jitter N%} off the end, if it is there. */
  static int takeJitter(List<String> words) throws ConfigException {
    int at = words.indexOf("jitter");
    if (at < 0) {
      return 0;
    }
    String percent = at + 2 == words.size() ? words.get(at + 1) : "";
    words.subList(at, words.size()).clear();
    if (percent.matches("\\d{1,3}%")) {
      int number = Integer.parseInt(percent.substring(0, percent.length() - 1));
      if (number <= MAX_PERCENT && !words.isEmpty()) {
        return number;
      }
    }
    throw new ConfigException(
        "after jitter there has to be a percentage from 0% to 100%, at the end");
  }

  @Override
  public String toString() {
    if (equals(SUPERVISORS)) {
      return "";
    }
    return growth.name().toLowerCase(Locale.ROOT)
        + " "
        + Intervals.text(first)
        + (growth == Growth.CONSTANT ? "" : " " + Intervals.text(most))
        + (jitterPercent == 0 ? "" : " jitter " + jitterPercent + "%");
  }
}
