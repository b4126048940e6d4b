package ee.supervisor.ctl.config;

import ee.supervisor.ctl.text.PythonText;
import ee.supervisor.getopt.UsageException;
import java.util.Map;
import java.util.TreeMap;

/** Replaces {@code %(name)s} in the values of a configuration file. */
final class Expansion {
  private final Map<String, String> names;

  /**
   * Knows the names.
   *
   * @param environment variables, each known as {@code ENV_NAME}
   * @param more further names
   */
  Expansion(Map<String, String> environment, Map<String, String> more) {
    names = new TreeMap<>(more);
    environment.forEach((name, value) -> names.put("ENV_" + name, value));
  }

  /**
   * Expands a value.
   *
   * @param value as the file has it
   * @param where section and key, for messages
   * @throws UsageException if it names something unknown or isn't well formed
   */
  String expand(String value, String where) throws UsageException {
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      int percent = value.indexOf('%', at);
      if (percent < 0) {
        break;
      }
      expanded.append(value, at, percent);
      at = percent + 1;
      if (at < value.length() && value.charAt(at) == '%') {
        expanded.append('%');
        at++;
      } else {
        at = name(value, at, expanded, where);
      }
    }
    return expanded.append(value, at, value.length()).toString();
  }

  /** Expands what stands behind a percent sign; returns where it ends. */
  private int name(String value, int from, StringBuilder expanded, String where)
      throws UsageException {
    if (from == value.length()) {
      throw malformed(value, where, "incomplete format");
    }
    if (value.charAt(from) != '(') {
      throw unsupported(value, from, where);
    }
    int close = value.indexOf(')', from);
    if (close < 0) {
      throw malformed(value, where, "incomplete format key");
    }
    String name = value.substring(from + 1, close);
    String replacement = names.get(name);
    if (replacement == null) {
      throw new UsageException(
          "Format string "
              + PythonText.repr(value)
              + " for "
              + PythonText.repr(where)
              + " contains names ("
              + PythonText.repr(name)
              + ") which cannot be expanded. Available names: "
              + String.join(", ", names.keySet()));
    }
    if (close + 1 == value.length()) {
      throw malformed(value, where, "incomplete format");
    }
    if (value.charAt(close + 1) != 's') {
      throw unsupported(value, close + 1, where);
    }
    expanded.append(replacement);
    return close + 2;
  }

  private static UsageException unsupported(String value, int at, String where) {
    char c = value.charAt(at);
    return malformed(
        value,
        where,
        "unsupported format character '"
            + c
            + "' (0x"
            + Integer.toHexString(c)
            + ") at index "
            + at);
  }

  private static UsageException malformed(String value, String where, String why) {
    return new UsageException(
        "Format string "
            + PythonText.repr(value)
            + " for "
            + PythonText.repr(where)
            + " is badly formatted: "
            + why);
  }
}
