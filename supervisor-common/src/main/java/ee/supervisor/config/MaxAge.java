package ee.supervisor.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a process may run until it is restarted.
 *
 * @param most never longer
 * @param jitterPercent how much earlier it may be, at random: copies started at once do not all go
 *     at once
 */
public record MaxAge(Duration most, int jitterPercent) {
  private static final int USUAL_PERCENT = 10;

  /** Reads {@code 24h} or {@code 24h jitter 20%}. */
  static MaxAge parse(String text) throws ConfigException {
    List<String> words = new ArrayList<>(List.of(WhiteSpace.strip(text).split("\\s+")));
    int percent = words.contains("jitter") ? Backoff.takeJitter(words) : USUAL_PERCENT;
    Duration most = Intervals.parse(String.join(" ", words));
    if (most.isZero()) {
      throw new ConfigException("it has to be more than 0");
    }
    return new MaxAge(most, percent);
  }

  /**
   * The age at which one process is restarted.
   *
   * @param chance from 0 to below 1: where in the jitter it falls
   */
  public Duration of(double chance) {
    return Duration.ofMillis((long) (most.toMillis() * (1 - chance * jitterPercent / 100.0)));
  }

  @Override
  public String toString() {
    return Intervals.text(most)
        + (jitterPercent == USUAL_PERCENT ? "" : " jitter " + jitterPercent + "%");
  }
}
