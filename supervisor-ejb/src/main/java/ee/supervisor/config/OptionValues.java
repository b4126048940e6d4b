package ee.supervisor.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What sections say of a number of options, read all at once. Immutable. */
final class OptionValues {
  private final Map<Option<?, ?>, Object> values;
  private final Map<Option<?, ?>, Object> common;

  private OptionValues(Map<Option<?, ?>, Object> values, Map<Option<?, ?>, Object> common) {
    this.values = values;
    this.common = common;
  }

  /**
   * Reads options, each with its default where it is not set.
   *
   * @param options in the order in which they are read: of several mistakes the first is named
   */
  static OptionValues read(Section section, List<Option<ProcessConfig, ?>> options)
      throws ConfigException {
    return new OptionValues(valuesOf(section, options), Map.of());
  }

  /** These and those read like {@link #read}. */
  OptionValues and(Section section, List<Option<ProcessConfig, ?>> options) throws ConfigException {
    return new OptionValues(valuesOf(section, options), values);
  }

  private static Map<Option<?, ?>, Object> valuesOf(
      Section section, List<Option<ProcessConfig, ?>> options) throws ConfigException {
    Map<Option<?, ?>, Object> values = new HashMap<>();
    for (Option<?, ?> option : options) {
      section.find(option).ifPresent(value -> values.put(option, value));
    }
    return values;
  }

  /** The value set or else the default, if there is one. */
  @SuppressWarnings("unchecked") // what was put in is what the option's kind makes
  <T> Optional<T> find(Option<?, T> option) {
    T value = (T) values.get(option);
    return Optional.ofNullable(value != null ? value : (T) common.get(option));
  }

  /** The value of an option that has a default. */
  <T> T get(Option<?, T> option) {
    return find(option).orElseThrow(() -> new NoSuchElementException(option.name()));
  }
}
