package ee.supervisor.ctl.action;

import com.grack.nanojson.JsonWriter;
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
      json.append(separator).append(JsonWriter.string(element));
      separator = ",\n  ";
    }
    return json.append("\n]").toString();
  }

  /** An object, on one line. */
  static String of(Map<?, ?> object) {
    return JsonWriter.string(object);
  }
}
