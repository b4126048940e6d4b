package ee.supervisor.ctl.action;

import ee.supervisor.client.HttpStatusException;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.ctl.terminal.Interrupt;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows a log as it grows, until the operator or the server has enough. */
final class LogPrinter {
  private static final int BUFFER_BYTES = 8192;

  private final Session session;

  LogPrinter(Session session) {
    this.session = session;
  }

  /**
   * Shows a log, ended by Ctrl-C.
   *
   * @param path where the server has it
   */
  void follow(String path) {
    session.print("==> Press Ctrl-C to exit <==");
    InputStream log;
    try {
      log = open(path);
    } catch (IOException e) {
      complain(path, e);
      return;
    }
    AtomicBoolean interrupted = new AtomicBoolean();
    Interrupt interrupt =
        Interrupt.take(
            () -> {
              interrupted.set(true);
              close(log);
            });
    try {
      copy(log);
    } finally {
      interrupt.giveBack();
      close(log);
    }
    if (interrupted.get()) {
      session.print("");
    }
  }

  /** Opens a log. */
  InputStream open(String path) throws IOException {
    return session.server().follow(path);
  }

  /** Shows a log up to its end; that the server went away is an end like any other. */
  void copy(InputStream log) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int got = log.read(buffer); got >= 0; got = log.read(buffer)) {
        session.write(buffer, got);
      }
    } catch (IOException e) {
      // closed by us, or by the server in the middle of a chunk
    }
  }

  /** Says that a log could not be opened. */
  void complain(String path, IOException e) {
    String why =
        e instanceof HttpStatusException http
            ? "Cannot read, status code " + http.status()
            : "Cannot connect, error: " + e.getMessage();
    session.complain(session.serverUrl() + path + " " + why);
  }

  /** Ends a log that another thread may be reading. */
  static void close(InputStream log) {
    try {
      log.close();
    } catch (IOException e) {
      // nothing more is wanted of it
    }
  }
}
