package ee.supervisor.client;

import java.io.IOException;

/** Tells that the server closed the connection before it answered. */
public final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public ConnectionLostException() {
    super("Remote end closed connection without response");
  }
}
