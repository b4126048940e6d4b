package ee.supervisor.live;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.event.Event;
import ee.supervisor.event.EventType;
import ee.supervisor.live.EventHistory.Recorded;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An event as a JSON object on one line. */
final class EventJson {

  private EventJson() {}

  static String text(Recorded recorded) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("type", EventType.of(recorded.event()).name());
    values.put("at", recorded.at().toString());
    put(values, recorded.event());
    return JsonWriter.string(values);
  }

  private static void put(Map<String, Object> values, Event event) {
    if (event instanceof Event.ProcessStateChanged change) {
      process(values, change.group(), change.process(), change.pid());
      values.put("from", change.from().name());
      values.put("to", change.to().name());
      values.put("tries", change.tries());
      values.put("expected", change.expected());
    } else if (event instanceof Event.ProcessLog log) {
      process(values, log.group(), log.process(), log.pid());
      values.put("channel", log.channel().name().toLowerCase(Locale.ROOT));
      values.put("data", log.data().text());
    } else if (event instanceof Event.ProcessCommunication message) {
      process(values, message.group(), message.process(), message.pid());
      values.put("channel", message.channel().name().toLowerCase(Locale.ROOT));
      values.put("data", message.data().text());
    } else if (event instanceof Event.RemoteCommunication message) {
      values.put("name", message.type());
      values.put("data", message.data().text());
    } else if (event instanceof Event.Tick tick) {
      values.put("when", tick.when());
    } else if (event instanceof Event.GroupAdded added) {
      values.put("group", added.group());
    } else if (event instanceof Event.GroupRemoved removed) {
      values.put("group", removed.group());
    }
  }

  private static void process(Map<String, Object> values, String group, String process, int pid) {
    values.put("group", group);
    values.put("process", process);
    values.put("pid", pid);
  }
}
