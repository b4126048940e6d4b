package ee.supervisor.ctl.action;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import ee.supervisor.protocol.Namespec;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;

/**
 * Writes an event as a line.
 *
 * @param json whether as it came, a JSON object
 * @param coloured whether names of states have colours
 */
record EventLine(boolean json, boolean coloured) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").withZone(ZoneId.systemDefault());
  private static final String STATE = "PROCESS_STATE_";

  /** What stands at the beginning of the line already. */
  private static final Set<String> HEAD = Set.of("type", "at", "group", "process", "to");

  /** The line for what a message of the server holds. */
  String of(String data) {
    // the colour comes when what is not printable has been taken out
    String line = plain(data);
    int at = json ? -1 : line.indexOf(STATE);
    if (!coloured || at < 0) {
      return line;
    }
    int end = line.indexOf(' ', at);
    String state = line.substring(at + STATE.length(), end < 0 ? line.length() : end);
    return line.substring(0, at)
        + StateColour.of(state).paint(STATE + state)
        + (end < 0 ? "" : line.substring(end));
  }

  private String plain(String data) {
    if (json) {
      return data;
    }
    try {
      return of(JsonParser.object().from(data));
    } catch (JsonParserException e) {
      return PrintableText.of(data);
    }
  }

  private String of(JsonObject event) {
    StringBuilder line = new StringBuilder(time(event.getString("at", "")));
    String type = event.getString("type", "?");
    line.append(' ').append(type);
    String group = event.getString("group", "");
    String process = event.getString("process", "");
    if (!process.isEmpty()) {
      line.append(' ').append(Namespec.of(group, process));
    } else if (!group.isEmpty()) {
      line.append(' ').append(group);
    }
    for (Map.Entry<String, Object> detail : event.entrySet()) {
      if (!HEAD.contains(detail.getKey()) && isTelling(detail)) {
        line.append(' ').append(detail.getKey()).append(':').append(detail.getValue());
      }
    }
    return PrintableText.of(line.toString());
  }

  private static boolean isTelling(Map.Entry<String, Object> detail) {
    Object value = detail.getValue();
    return value != null && !value.equals(0) && !value.equals("");
  }

  private static String time(String at) {
    try {
      return TIME.format(Instant.parse(at));
    } catch (DateTimeParseException e) {
      return at;
    }
  }
}
