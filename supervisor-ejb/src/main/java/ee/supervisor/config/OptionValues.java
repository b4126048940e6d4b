package ee.supervisor.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What a section says of a number of options, read all at once. Immutable. */
final class OptionValues {
  private final Map<Option<?, ?>, Object> values;

  private OptionValues(Map<Option<?, ?>, Object> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Reads options, each with its default where it is not set.
   *
   * @param options in the order in which they are read: of several mistakes the first is named
   */
  static OptionValues read(Section section, List<Option<ProcessConfig, ?>> options)
      throws ConfigException {
    return new OptionValues(Map.of()).and(section, options);
  }

  /** These and those read like {@link #read}. */
  OptionValues and(Section section, List<Option<ProcessConfig, ?>> options) throws ConfigException {
    Map<Option<?, ?>, Object> more = new HashMap<>(values);
    for (Option<?, ?> option : options) {
      section.find(option).ifPresent(value -> more.put(option, value));
    }
    return new OptionValues(more);
  }

  /** The value set or else the default, if there is one. */
  @SuppressWarnings("unchecked") // "and" put in what the option's kind makes
  <T> Optional<T> find(Option<?, T> option) {
    return Optional.ofNullable((T) values.get(option));
  }

  /** The value of an option that has a default. */
  <T> T get(Option<?, T> option) {
    return find(option).orElseThrow(() -> new NoSuchElementException(option.name()));
  }
}
