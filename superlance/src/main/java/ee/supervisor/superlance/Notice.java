package ee.supervisor.superlance;

import ee.supervisor.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An event as a watcher sees it, whichever way it came: through a pipe or as a record.
 *
 * @param name its type, such as {@code PROCESS_STATE_EXITED}
 * @param fields what the first line of its payload says, by key
 */
public record Notice(String name, Map<String, String> fields) {
  private static final Pattern SPACE = Pattern.compile(" ");

  public Notice {
    fields = Map.copyOf(fields);
  }

  /** The event that a listener process was sent. */
  static Notice of(String name, String payload) {
    return new Notice(name, pairs(payload.lines().findFirst().orElse("")));
  }

  /** The event that an observer in supervisord's own JVM heard. */
  public static Notice of(Event event) {
    return of(event.eventType().name(), event.payload());
  }

  /** The pairs of a line {@code key:value key:value ...}. */
  static Map<String, String> pairs(String line) {
    Map<String, String> pairs = new HashMap<>();
    SPACE
        .splitAsStream(line.strip())
        .filter(pair -> pair.indexOf(':') > 0)
        .forEach(
            pair ->
                pairs.put(
                    pair.substring(0, pair.indexOf(':')), pair.substring(pair.indexOf(':') + 1)));
    return pairs;
  }

  boolean isTick() {
    return name.startsWith("TICK");
  }

  /** The value of {@code key}, empty if the event has none. */
  String field(String key) {
    return fields.getOrDefault(key, "");
  }

  /** Whether a process exited with a code that its program does not expect. */
  boolean isCrash() {
    return name.equals("PROCESS_STATE_EXITED") && field("expected").equals("0");
  }

  /** The process it is about, as {@code group:process}. */
  String namespec() {
    return field("groupname") + ":" + field("processname");
  }
}
