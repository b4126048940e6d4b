package ee.supervisor.config;

import java.util.Optional;

/**
 * What an option is where a file does not set it.
 *
 * @param value what counts as its value then, if a value can say it
 * @param words what it is then, for people; empty where {@code value} says it or there is nothing
 * @param required whether it has to be set
 * @param sample the value that a sample shows
 */
public record Absence(Optional<String> value, String words, boolean required, String sample) {

  /** Has that value. */
  static Absence is(String value) {
    return new Absence(Optional.of(value), "", false, value);
  }

  /** Is what those words say. */
  static Absence means(String words, String sample) {
    return new Absence(Optional.empty(), words, false, sample);
  }

  /** Is not there at all. */
  static Absence isNothing(String sample) {
    return means("", sample);
  }

  /** Is a mistake. */
  static Absence isRefused(String sample) {
    return new Absence(Optional.empty(), "", true, sample);
  }

  /** The same, with another value in a sample. */
  Absence shownAs(String sampleValue) {
    return new Absence(value, words, required, sampleValue);
  }
}
