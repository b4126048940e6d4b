package ee.supervisor.event;

import ee.supervisor.text.Bytes;

/**
 * Decides by a listener's RESULT whether an event was dealt with ({@code result_handler} of {@code
 * [eventlistener:x]}). An implementation has a public constructor without parameters; it runs on
 * the control loop and must return at once.
 */
@FunctionalInterface
public interface ResultHandler {

  /**
   * Judges one result by returning (accepted) or throwing.
   *
   * @param event what the listener was sent
   * @param result the payload of its RESULT
   * @throws EventRejectedException to keep the event and send it again; any other exception also
   *     keeps the event, but the listener is sent nothing more until it is started again
   */
  void handle(Event event, Bytes result) throws EventRejectedException;
}
