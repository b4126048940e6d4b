package ee.supervisor.listener;

import ee.supervisor.event.Event;
import ee.supervisor.text.Bytes;

/**
 * What a listener reads for one event: a header line, then the payload (manual: "Event Listener
 * Notification Protocol").
 *
 * @param identifier supervisord's identifier
 * @param serial number of the event among all that any pool took
 * @param pool name of the pool
 * @param poolSerial number of the event within the pool
 * @param event what has happened
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
    String payload = event.payload();
    return Bytes.utf8(
        "ver:3.0 server:%s serial:%d pool:%s poolserial:%d eventname:%s len:%d\n%s"
            .formatted(
                identifier,
                serial,
                pool,
                poolSerial,
                event.eventType(),
                payload.codePointCount(0, payload.length()),
                payload));
  }
}
