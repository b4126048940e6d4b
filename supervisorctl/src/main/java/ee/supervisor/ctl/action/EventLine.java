package ee.supervisor.ctl.action;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import ee.supervisor.protocol.Namespec;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
  private static final Set<String> HEAD =
      Set.of("type", "at", "group", "process", "to", "from", "pid");

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
    for (String name : List.of("from", "pid")) {
      append(line, name, event.get(name));
    }
    boolean isExit = type.equals(STATE + "EXITED");
    for (Map.Entry<String, Object> detail : new TreeMap<>(event).entrySet()) {
      if (!HEAD.contains(detail.getKey()) && (isExit || !detail.getKey().equals("expected"))) {
        append(line, detail.getKey(), detail.getValue());
      }
    }
    return PrintableText.of(line.toString());
  }

  private static void append(StringBuilder line, String name, Object value) {
    if (value != null && !value.equals(0) && !value.equals("")) {
      line.append(' ').append(name).append(':').append(value);
    }
  }

  private static String time(String at) {
    try {
      return TIME.format(Instant.parse(at));
    } catch (DateTimeParseException e) {
      return at;
    }
  }
}
