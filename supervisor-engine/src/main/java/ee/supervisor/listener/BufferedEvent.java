package ee.supervisor.listener;

import ee.supervisor.event.Event;

/**
 * An event that a pool took, with the numbers it keeps however often it is sent.
 *
 * @param event what happened
 * @param serial its number among all events that any pool took
 * @param poolSerial its number within the pool
 */
record BufferedEvent(Event event, long serial, long poolSerial) {

  /** What it holds in memory. */
  long bytes() {
    return event.bytes();
  }
}
