package ee.supervisor.xmlrpc;

/** A request body that is no method call; the client is answered {@code 400 Bad Request}. */
final class MalformedRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedRequestException(String message) {
    super(message);
  }

  MalformedRequestException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is wrong in Supervisor's words: the message up to its first colon. */
  String reason() {
    return getMessage().split(":", 2)[0];
  }
}
