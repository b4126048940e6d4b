package ee.supervisor.event;

import ee.supervisor.text.Bytes;

/**
 * What a listener reads for one event: a header line, then the payload (manual: "Event Listener
 * Notification Protocol").
 *
 * @param identifier supervisord's identifier
 * @param serial number of the event among all that any pool took
 * @param pool name of the pool
 * @param poolSerial number of the event within the pool
 * @param event what is told
 */
record EventEnvelope(String identifier, long serial, String pool, long poolSerial, Event event) {

  /**
   * Header and payload in UTF-8.
   *
   * <p>{@code len} counts characters, not bytes, as Supervisor's does since it runs on Python 3
   * (Supervisor #1243), though its manual says bytes: the Python listeners there are read so many
   * characters, and would wait forever for the rest.
   */
  Bytes toBytes() {
    String payload = payload(event);
    return Bytes.utf8(
        "ver:3.0 server:%s serial:%d pool:%s poolserial:%d eventname:%s len:%d\n%s"
            .formatted(
                identifier,
                serial,
                pool,
                poolSerial,
                EventType.of(event),
                payload.codePointCount(0, payload.length()),
                payload));
  }

  /** The payload of {@code event}, of one form for each type (manual: "Event Types"). */
  static String payload(Event event) {
    if (event instanceof Event.ProcessStateChanged change) {
      return statePayload(change);
    }
    if (event instanceof Event.ProcessLog log) {
      return "processname:%s groupname:%s pid:%d channel:%s\n%s"
          .formatted(log.process(), log.group(), log.pid(), name(log.channel()), log.data().text());
    }
    if (event instanceof Event.ProcessCommunication message) {
      return "processname:%s groupname:%s pid:%d\n%s"
          .formatted(message.process(), message.group(), message.pid(), message.data().text());
    }
    if (event instanceof Event.RemoteCommunication message) {
      return "type:%s\n%s".formatted(message.type(), message.data().text());
    }
    if (event instanceof Event.Tick tick) {
      return "when:" + tick.when();
    }
    if (event instanceof Event.GroupAdded added) {
      return "groupname:%s\n".formatted(added.group());
    }
    if (event instanceof Event.GroupRemoved removed) {
      return "groupname:%s\n".formatted(removed.group());
    }
    return ""; // SupervisorStateChanged: its name says it all
  }

  private static String statePayload(Event.ProcessStateChanged change) {
    String common =
        "processname:%s groupname:%s from_state:%s"
            .formatted(change.process(), change.group(), change.from());
    return switch (change.to()) {
      case STARTING, BACKOFF -> common + " tries:" + change.tries();
      case RUNNING, STOPPING, STOPPED -> common + " pid:" + change.pid();
      case EXITED ->
          common + " expected:%d pid:%d".formatted(change.expected() ? 1 : 0, change.pid());
      case FATAL, UNKNOWN -> common;
    };
  }

  private static String name(Event.Channel channel) {
    return channel == Event.Channel.STDOUT ? "stdout" : "stderr";
  }
}
