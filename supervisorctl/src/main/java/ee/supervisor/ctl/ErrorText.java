package ee.supervisor.ctl;

import ee.supervisor.ctl.action.UnexpectedResultException;
import ee.supervisor.ctl.rpc.ConnectionLostException;
import ee.supervisor.ctl.rpc.HttpStatusException;
import ee.supervisor.ctl.rpc.ServerUnreachableException;
import ee.supervisor.ctl.rpc.UnknownProtocolException;
import ee.supervisor.ctl.spi.RpcFault;
import ee.supervisor.ctl.text.PythonText;
import java.io.EOFException;

/**
 * Tells in one line what an action ended with, if it has no words of its own for it.
 *
 * <p>The line's kind and text are those of the reference, whose users search for them in the output
 * of scripts; the place behind them is ours.
 */
final class ErrorText {

  private ErrorText() {}

  /** The line. */
  static String of(Exception e) {
    return "error: " + kindAndText(e) + ": " + place(e);
  }

  private static String kindAndText(Exception e) {
    if (e instanceof RpcFault fault) {
      return "<class 'xmlrpc.client.Fault'>, " + PythonText.of(fault);
    }
    if (e instanceof HttpStatusException http) {
      return "<class 'xmlrpc.client.ProtocolError'>, <ProtocolError for 127.0.0.1/RPC2: "
          + http.status()
          + " "
          + http.reason()
          + ">";
    }
    if (e instanceof ServerUnreachableException unreachable) {
      return unreachable(unreachable);
    }
    if (e instanceof ConnectionLostException) {
      return "<class 'http.client.RemoteDisconnected'>, " + e.getMessage();
    }
    if (e instanceof UnknownProtocolException || e instanceof UnexpectedResultException) {
      return "<class 'ValueError'>, " + e.getMessage();
    }
    if (e instanceof EOFException) {
      return "<class 'EOFError'>, " + e.getMessage();
    }
    return "<class '" + e.getClass().getName() + "'>, " + e.getMessage();
  }

  private static String unreachable(ServerUnreachableException e) {
    return switch (e.reason()) {
      case REFUSED -> "<class 'ConnectionRefusedError'>, [Errno 111] Connection refused";
      case NO_SUCH_FILE -> "<class 'FileNotFoundError'>, [Errno 2] No such file or directory";
      case PERMISSION_DENIED -> "<class 'PermissionError'>, [Errno 13] Permission denied";
      case UNKNOWN_HOST -> "<class 'socket.gaierror'>, [Errno -2] Name or service not known";
      case OTHER -> "<class 'OSError'>, " + e.getMessage();
    };
  }

  private static String place(Exception e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0
        ? "file: unknown line: 0"
        : "file: " + trace[0].getFileName() + " line: " + trace[0].getLineNumber();
  }
}
