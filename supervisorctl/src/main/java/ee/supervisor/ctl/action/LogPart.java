package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.util.OptionalInt;

/** Shows the last bytes of a log. */
final class LogPart {
  private static final int DEFAULT_BYTES = 1600;

  private LogPart() {}

  /**
   * Reads how many bytes an operator wants.
   *
   * @param modifier {@code -N}, or empty for the default
   * @return empty if it is no number
   */
  static OptionalInt bytes(String modifier) {
    if (modifier.isEmpty()) {
      return OptionalInt.of(DEFAULT_BYTES);
    }
    try {
      return OptionalInt.of(Integer.parseInt(modifier.substring(1)));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Shows a part of a log.
   *
   * @param whose the name for errors
   * @param method what reads the log
   * @param arguments the method's arguments
   */
  static void print(Session session, String whose, String method, Object... arguments)
      throws IOException, RpcFault {
    try {
      session.print(String.valueOf(session.server().call(method, arguments)));
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      switch (fault.code()) {
        case FaultCode.NO_FILE -> session.print(whose + ": ERROR (no log file)");
        case FaultCode.FAILED -> session.print(whose + ": ERROR (unknown error reading log)");
        case FaultCode.BAD_NAME -> session.print(whose + ": ERROR (no such process name)");
        default -> throw fault;
      }
    }
  }
}
