package ee.supervisor.client;

import java.io.IOException;

/** Thrown when the server closed the connection before it responded. */
public final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public ConnectionLostException() {
    super("Remote end closed connection without response");
  }
}
