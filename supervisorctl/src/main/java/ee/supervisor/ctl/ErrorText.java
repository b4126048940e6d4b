package ee.supervisor.ctl;

import ee.supervisor.client.ConnectionLostException;
import ee.supervisor.client.HttpStatusException;
import ee.supervisor.client.RpcFault;
import ee.supervisor.client.ServerUnreachableException;
import ee.supervisor.client.UnknownProtocolException;
import ee.supervisor.ctl.action.UnexpectedResultException;
import ee.supervisor.ctl.spi.NoAnswerException;
import java.util.Arrays;
import java.util.List;

/**
 * Says in one line what an action ended with, if it has no words of its own for it.
 *
 * <p>Where the reference would end in the same way, kind and text are the reference's (Supervisor
 * 4.2.5 on Python 3.11): there are scripts that look for them. The place is where it was thrown
 * here.
 */
final class ErrorText {
  /** What calls of ours lead into: who reads the line has no use for a place in there. */
  private static final List<String> OTHERS = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

  private ErrorText() {}

  /** The line. */
  static String of(Exception e) {
    if (e instanceof RpcFault fault) {
      return line("xmlrpc.client.Fault", fault.repr(), e);
    }
    if (e instanceof HttpStatusException http) {
      String text =
          "<ProtocolError for 127.0.0.1/RPC2: " + http.status() + " " + http.reason() + ">";
      return line("xmlrpc.client.ProtocolError", text, e);
    }
    if (e instanceof ServerUnreachableException unreachable) {
      return unreachable(unreachable);
    }
    if (e instanceof ConnectionLostException) {
      return line("http.client.RemoteDisconnected", e.getMessage(), e);
    }
    if (e instanceof UnknownProtocolException || e instanceof UnexpectedResultException) {
      return line("ValueError", e.getMessage(), e);
    }
    if (e instanceof NoAnswerException) {
      return line("EOFError", e.getMessage(), e);
    }
    return line(e.getClass().getName(), String.valueOf(e.getMessage()), e);
  }

  private static String unreachable(ServerUnreachableException e) {
    return switch (e.reason()) {
      case REFUSED -> line("ConnectionRefusedError", "[Errno 111] Connection refused", e);
      case NO_SUCH_FILE -> line("FileNotFoundError", "[Errno 2] No such file or directory", e);
      case PERMISSION_DENIED -> line("PermissionError", "[Errno 13] Permission denied", e);
      case UNKNOWN_HOST -> line("socket.gaierror", "[Errno -2] Name or service not known", e);
      case OTHER -> line("OSError", e.getMessage(), e);
    };
  }

  private static String line(String kind, String text, Exception e) {
    return "error: <class '" + kind + "'>, " + text + ": file: " + place(e);
  }

  private static String place(Exception e) {
    return Arrays.stream(e.getStackTrace())
        .filter(frame -> OTHERS.stream().noneMatch(frame.getClassName()::startsWith))
        .findFirst()
        .map(frame -> file(frame) + " line: " + frame.getLineNumber())
        .orElse("unknown line: 0");
  }

  private static String file(StackTraceElement frame) {
    int dot = frame.getClassName().lastIndexOf('.') + 1;
    return frame.getClassName().substring(0, dot).replace('.', '/') + frame.getFileName();
  }
}
