package ee.supervisor.tls;

/** Files that hold no usable certificate and key; the message names option, value and reason. */
public final class ServerKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  ServerKeyException(String message, Throwable cause) {
    super(message, cause);
  }

  ServerKeyException(String message) {
    super(message);
  }
}
