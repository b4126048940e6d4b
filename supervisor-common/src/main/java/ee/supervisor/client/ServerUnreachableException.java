package ee.supervisor.client;

import java.io.IOException;

/** Thrown when no connection to supervisord can be made. */
public final class ServerUnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What stood in the way of a connection. */
  public enum Reason {
    /** Nobody listens there. */
    REFUSED,
    /** There is no such Unix-domain socket. */
    NO_SUCH_FILE,
    /** The Unix-domain socket's permissions keep us out. */
    PERMISSION_DENIED,
    /** The host's name leads nowhere. */
    UNKNOWN_HOST,
    /** Anything else; the message says what. */
    OTHER
  }

  private final Reason reason;

  /**
   * Makes the exception.
   *
   * @param reason what stood in the way
   * @param message the system's words
   * @param cause where it was met
   */
  public ServerUnreachableException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * What stood in the way.
   *
   * @return never null
   */
  public Reason reason() {
    return reason;
  }
}
