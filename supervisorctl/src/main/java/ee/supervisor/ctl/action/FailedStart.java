package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.util.List;

/**
 * Shows below a start that has failed what the process said last, or what it still waits for: in
 * front of an operator, never in a pipe.
 */
final class FailedStart {
  private static final int LINES = 10;

  private FailedStart() {}

  /** Shows it, if that is how a call went. */
  static void explain(Session session, CallResult result) {
    boolean hasFailed =
        result.status() == FaultCode.SPAWN_ERROR
            || result.status() == FaultCode.ABNORMAL_TERMINATION;
    if (!hasFailed || !session.onScreen()) {
      return;
    }
    LastLines last;
    try {
      List<String> obstacles = Waits.of(session).obstacles(result.name());
      if (!obstacles.isEmpty()) {
        // it was not even begun: what it said last was of an earlier time
        session.print("  waits for " + String.join(", ", obstacles));
        return;
      }
      last = LastLines.of(session.server(), result.name(), LINES);
      if (last.lines().isEmpty()) {
        // a response may be sooner here than the last words are in the log
        Thread.sleep(200);
        last = LastLines.of(session.server(), result.name(), LINES);
      }
    } catch (IOException | RpcFault e) {
      // the server has gone meanwhile; what it said of the start stands there
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    String begin = session.coloured() ? "\u001b[2m" : "";
    String end = session.coloured() ? "\u001b[0m" : "";
    for (String line : last.lines()) {
      session.print("  " + begin + last.channel() + " | " + end + line);
    }
  }
}
