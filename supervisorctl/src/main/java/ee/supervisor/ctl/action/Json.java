package ee.supervisor.ctl.action;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes values that came from a server as JSON. */
final class Json {

  private Json() {}

  /** An array, each of its elements on a line of its own. */
  static String of(List<?> list) {
    if (list.isEmpty()) {
      return "[]";
    }
    StringBuilder json = new StringBuilder("[");
    String separator = "\n  ";
    for (Object element : list) {
      json.append(separator);
      append(json, element);
      separator = ",\n  ";
    }
    return json.append("\n]").toString();
  }

  private static void append(StringBuilder json, Object value) {
    if (value instanceof Map<?, ?> map) {
      object(json, map);
    } else if (value instanceof List<?> list) {
      json.append('[');
      for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
        append(json, i.next());
        json.append(i.hasNext() ? ", " : "");
      }
      json.append(']');
    } else if (value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      string(json, String.valueOf(value));
    }
  }

  private static void object(StringBuilder json, Map<?, ?> map) {
    json.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.append(separator);
      string(json, String.valueOf(entry.getKey()));
      json.append(": ");
      append(json, entry.getValue());
      separator = ", ";
    }
    json.append('}');
  }

  private static void string(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 0xf, 16));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
