package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.Optional;

/**
 * One section of the file, seen with what may be expanded in it.
 *
 * @param document the file with all it includes
 * @param name the whole header, such as {@code program:cat}
 * @param expansions what values of this section may name
 */
record Section(IniDocument document, String name, Expansions expansions) {

  /** Turns a text into what it stands for. */
  @FunctionalInterface
  interface Conversion<T> {
    T of(String text) throws ConfigException;
  }

  /** The same section with other expansions. */
  Section with(Expansions other) {
    return new Section(document, name, other);
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

  /** An option's value as it stands in the file. */
  Optional<String> raw(String key) {
    return document.get(name, key);
  }

  /** An option's value, expanded. */
  Optional<String> text(String key) throws ConfigException {
    Optional<String> raw = raw(key);
    return raw.isEmpty() ? raw : Optional.of(expand(raw.get(), key));
  }

  String text(String key, String otherwise) throws ConfigException {
    return text(key).orElse(otherwise);
  }

  /** Expands a text that counts as the value of {@code key}, its default for example. */
  String expand(String text, String key) throws ConfigException {
    return expansions.expand(text, name + "." + key);
  }

  <T> T value(String key, T otherwise, Conversion<T> conversion) throws ConfigException {
    Optional<String> text = text(key);
    return text.isEmpty() ? otherwise : conversion.of(text.get());
  }

  <T> Optional<T> value(String key, Conversion<T> conversion) throws ConfigException {
    Optional<String> text = text(key);
    return text.isEmpty() ? Optional.empty() : Optional.of(conversion.of(text.get()));
  }

  boolean bool(String key, boolean otherwise) throws ConfigException {
    return value(key, otherwise, Conversions::bool);
  }

  /** A whole number; one beyond the range of a {@code long} becomes the nearest within. */
  long integer(String key, long otherwise) throws ConfigException {
    return number(key, otherwise, "a whole number", Conversions::wholeNumber);
  }

  /** A size in bytes; one beyond the range of a {@code long} becomes the nearest within. */
  long byteSize(String key, long otherwise) throws ConfigException {
    return number(key, otherwise, "a number of bytes such as 50MB", Conversions::bytes);
  }

  private <T> T number(String key, T otherwise, String wanted, Conversion<T> conversion)
      throws ConfigException {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return conversion.of(text.get());
    } catch (ConfigException e) {
      String message = "%s=%s is not %s: %s".formatted(key, text.get(), wanted, e.getMessage());
      throw new ConfigException(located(message), e.getMessage(), e);
    }
  }
}
