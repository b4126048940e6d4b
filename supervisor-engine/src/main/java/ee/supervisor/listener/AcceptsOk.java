package ee.supervisor.listener;

import ee.supervisor.event.Event;
import ee.supervisor.event.EventRejectedException;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.text.Bytes;

/** The result handler of the manual's protocol: {@code OK} is success, all else failure. */
final class AcceptsOk implements ResultHandler {
  static final String NAME = "supervisor.dispatchers:default_handler";

  private static final Bytes OK = Bytes.utf8("OK");

  @Override
  public void handle(Event event, Bytes result) throws EventRejectedException {
    if (!result.equals(OK)) {
      throw new EventRejectedException(result.toString());
    }
  }
}
