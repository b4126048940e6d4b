package ee.supervisor.live;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.event.Event;
import ee.supervisor.live.EventHistory.Recorded;
import ee.supervisor.text.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as a JSON object on one line. */
final class EventJson {

  private EventJson() {}

  static String text(Recorded recorded) {
    Event event = recorded.event();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("type", event.eventType().name());
    values.put("at", recorded.at().toString());
    event
        .source()
        .ifPresent(
            source -> {
              values.put("group", source.group());
              values.put("process", source.process());
              values.put("pid", source.pid());
            });
    event
        .details()
        .forEach((name, value) -> values.put(name, value instanceof Bytes b ? b.text() : value));
    return JsonWriter.string(values);
  }
}
