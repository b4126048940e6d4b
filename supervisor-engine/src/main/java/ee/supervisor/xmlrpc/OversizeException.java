package ee.supervisor.xmlrpc;

/** A call or its response would take more memory than others may have of supervisord's. */
final class OversizeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OversizeException(String message) {
    super(message, null, false, false);
  }
}
