package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The names that {@code %(name)s} may stand for in a value, with what stands for them. Immutable:
 * {@code with} gives a larger one.
 *
 * @param values texts, and whole numbers that may be formatted by {@code %(name)02d}
 */
record Expansions(Map<String, Object> values) {

  Expansions {
    values = Map.copyOf(values);
  }

  /** The variables of an environment, each as {@code ENV_name}. */
  static Expansions ofEnvironment(Map<String, String> environment) {
    return new Expansions(Map.of()).withEnvironment(environment);
  }

  /** These, and one more that goes before one of the same name. */
  Expansions with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Expansions(more);
  }

  /** These, and the variables as {@code ENV_name}, which go before those of the same name. */
  Expansions withEnvironment(Map<String, String> environment) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    environment.forEach((name, value) -> more.put("ENV_" + name, value));
    return new Expansions(more);
  }

  /**
   * Expands a value.
   *
   * @param text the value as it stands in the file
   * @param name what it is the value of, such as {@code program:cat.command}, for messages
   */
  String expand(String text, String name) throws ConfigException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return new PercentFormat(text, values).format();
    } catch (PercentFormat.UnknownName e) {
      throw new ConfigException(
          "Format string %s for %s contains names (%s) which cannot be expanded. Available names: %s"
              .formatted(
                  repr(text),
                  repr(name),
                  repr(e.getMessage()),
                  String.join(", ", new TreeSet<>(values.keySet()))),
          e);
    } catch (PercentFormat.BadFormat e) {
      throw new ConfigException(
          "Format string %s for %s is badly formatted: %s"
              .formatted(repr(text), repr(name), e.getMessage()),
          e);
    }
  }
}
