package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One section of the file, seen with what may be expanded in it.
 *
 * @param document the file with all it includes
 * @param name the whole header, such as {@code program:cat}
 * @param expansions what values of this section may name
 * @param host what lies outside the file
 */
record Section(IniDocument document, String name, Expansions expansions, Host host) {

  /** The same section with other expansions. */
  Section with(Expansions other) {
    return new Section(document, name, other, host);
  }

  /** What stands after the first colon of the header; empty if there is none. */
  Optional<String> label() {
    int colon = name.indexOf(':');
    return colon < 0 ? Optional.empty() : Optional.of(name.substring(colon + 1));
  }

  /**
   * The failure with the section and its file named at the end of its message, if they are not
   * already.
   */
  ConfigException locate(ConfigException failure) {
    return new ConfigException(
        located(failure.getMessage()), located(failure.referenceMessage()), failure);
  }

  private String located(String message) {
    String whereabouts =
        " in section %s (file: %s)".formatted(repr(name), repr(document.source(name).orElse("")));
    return message.endsWith(whereabouts) ? message : message + whereabouts;
  }

  PosixPaths paths() {
    return new PosixPaths(host);
  }

  Owners owners() {
    return new Owners(host.users());
  }

  /** An option's value as it stands in the file. */
  Optional<String> raw(Option<?, ?> option) {
    return document.get(name, option.name());
  }

  /** All options as they stand in the file. */
  Map<String, String> options() {
    return document.options(name);
  }

  /** An option's value, expanded. */
  Optional<String> text(Option<?, ?> option) throws ConfigException {
    Optional<String> raw = raw(option);
    return raw.isEmpty()
        ? raw
        : Optional.of(expand(option.kind().beforeExpansion(raw.get()), option.name()));
  }

  /** The value of an option that need not be declared, expanded. */
  Optional<String> text(String key) throws ConfigException {
    Optional<String> raw = document.get(name, key);
    return raw.isEmpty() ? raw : Optional.of(expand(raw.get(), key));
  }

  /** Expands a text that counts as the value of {@code key}. */
  String expand(String text, String key) throws ConfigException {
    return expansions.expand(text, name + "." + key);
  }

  /** An option's value, if it is set. */
  <T> Optional<T> given(Option<?, T> option) throws ConfigException {
    Optional<String> text = text(option);
    return text.isEmpty() ? Optional.empty() : Optional.of(value(option, text.get()));
  }

  /** An option's value, or the one that counts as such where it is not set, if there is one. */
  <T> Optional<T> find(Option<?, T> option) throws ConfigException {
    Optional<String> text = text(option).or(option.absence()::value);
    return text.isEmpty() ? Optional.empty() : Optional.of(value(option, text.get()));
  }

  /** The value of an option that has a default. */
  <T> T get(Option<?, T> option) throws ConfigException {
    return find(option).orElseThrow(() -> new NoSuchElementException(option.name()));
  }

  private <T> T value(Option<?, T> option, String text) throws ConfigException {
    Optional<String> wanted = option.kind().wanted();
    try {
      return option.kind().value(text, this);
    } catch (ConfigException e) {
      if (wanted.isEmpty()) {
        throw e;
      }
      String message =
          "%s=%s is not %s: %s".formatted(option.name(), text, wanted.get(), e.getMessage());
      throw new ConfigException(located(message), e.getMessage(), e);
    }
  }
}
