package ee.supervisor.ctl;

import ee.supervisor.ctl.action.UnexpectedResultException;
import ee.supervisor.ctl.rpc.ConnectionLostException;
import ee.supervisor.ctl.rpc.HttpStatusException;
import ee.supervisor.ctl.rpc.ServerUnreachableException;
import ee.supervisor.ctl.rpc.UnknownProtocolException;
import ee.supervisor.ctl.spi.NoAnswerException;
import ee.supervisor.ctl.spi.RpcFault;
import ee.supervisor.ctl.text.PythonText;

/**
 * Tells in one line what an action ended with, if it has no words of its own for it.
 *
 * <p>Where the reference would end in the same way, the line is the reference's (Supervisor 4.2.5
 * on Python 3.11), with the place in its source: there are scripts that compare whole lines.
 */
final class ErrorText {
  private static final String CLIENT = "/usr/lib/python3.11/xmlrpc/client.py line: 668";
  private static final String ACTIONS =
      "/usr/lib/python3/dist-packages/supervisor/supervisorctl.py line: ";
  private static final String TRANSPORT =
      "/usr/lib/python3/dist-packages/supervisor/xmlrpc.py line: ";
  private static final String PORT = "/usr/lib/python3.11/urllib/parse.py line: 182";
  private static final String SOCKET = "/usr/lib/python3.11/socket.py line: ";

  private ErrorText() {}

  /**
   * The line.
   *
   * @param serverUrl where the server was looked for
   */
  static String of(Exception e, String serverUrl) {
    if (e instanceof RpcFault fault) {
      return line("xmlrpc.client.Fault", PythonText.of(fault), CLIENT);
    }
    if (e instanceof HttpStatusException http) {
      String text =
          "<ProtocolError for 127.0.0.1/RPC2: " + http.status() + " " + http.reason() + ">";
      return line("xmlrpc.client.ProtocolError", text, TRANSPORT + 539);
    }
    if (e instanceof ServerUnreachableException unreachable) {
      return unreachable(unreachable, serverUrl.startsWith("unix:"));
    }
    if (e instanceof ConnectionLostException) {
      return line("http.client.RemoteDisconnected", e.getMessage(), place(e));
    }
    if (e instanceof UnknownProtocolException) {
      boolean port = e.getMessage().startsWith("Port ");
      return line("ValueError", e.getMessage(), port ? PORT : TRANSPORT + 505);
    }
    if (e instanceof UnexpectedResultException) {
      return line("ValueError", e.getMessage(), place(e));
    }
    if (e instanceof NoAnswerException noAnswer) {
      return line("EOFError", e.getMessage(), ACTIONS + noAnswer.referenceLine());
    }
    return line(e.getClass().getName(), String.valueOf(e.getMessage()), place(e));
  }

  private static String unreachable(ServerUnreachableException e, boolean unix) {
    String place = unix ? TRANSPORT + 557 : SOCKET + 836;
    return switch (e.reason()) {
      case REFUSED -> line("ConnectionRefusedError", "[Errno 111] Connection refused", place);
      case NO_SUCH_FILE -> line("FileNotFoundError", "[Errno 2] No such file or directory", place);
      case PERMISSION_DENIED -> line("PermissionError", "[Errno 13] Permission denied", place);
      case UNKNOWN_HOST ->
          line("socket.gaierror", "[Errno -2] Name or service not known", SOCKET + 962);
      case OTHER -> line("OSError", e.getMessage(), place(e));
    };
  }

  private static String line(String kind, String text, String place) {
    return "error: <class '" + kind + "'>, " + text + ": file: " + place;
  }

  private static String place(Exception e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0
        ? "unknown line: 0"
        : trace[0].getFileName() + " line: " + trace[0].getLineNumber();
  }
}
