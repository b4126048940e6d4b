package ee.supervisor.jmx;

import ee.supervisor.config.OptionChange;

/**
 * An option that would have another value, as composite data.
 *
 * @param option its name; {@code environment NAME} for a variable
 * @param before its value so far, secrets hidden; null where it is not set
 * @param after its value from then on, secrets hidden; null where it is not set
 */
public record PlannedOption(String option, String before, String after) {

  static PlannedOption of(OptionChange change) {
    return new PlannedOption(
        change.option(), change.before().orElse(null), change.after().orElse(null));
  }

  /** {@link #option}, for MXBeans before Java 21. */
  public String getOption() {
    return option;
  }

  /** {@link #before}, for MXBeans before Java 21. */
  public String getBefore() {
    return before;
  }

  /** {@link #after}, for MXBeans before Java 21. */
  public String getAfter() {
    return after;
  }
}
