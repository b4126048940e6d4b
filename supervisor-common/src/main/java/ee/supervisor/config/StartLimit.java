package ee.supervisor.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a program may be started within a time, as systemd's StartLimitBurst and
 * StartLimitIntervalSec: beyond that it is FATAL.
 *
 * @param starts at least 1
 * @param within any such time
 */
public record StartLimit(int starts, Duration within) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\s+in\\s+(\\S+)");

  /** Reads {@code 5 in 60s}. */
  static StartLimit parse(String text) throws ConfigException {
    Matcher form = FORM.matcher(WhiteSpace.strip(text));
    if (!form.matches() || Integer.parseInt(form.group(1)) == 0) {
      throw new ConfigException("'%s' is not a number, in, and a time".formatted(text));
    }
    return new StartLimit(Integer.parseInt(form.group(1)), Intervals.parse(form.group(2)));
  }

  @Override
  public String toString() {
    return starts + " in " + Intervals.text(within);
  }
}
