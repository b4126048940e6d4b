package ee.supervisor.ctl.action;

/** Thrown when a call took longer than the operator wanted to wait. */
final class CallTimeoutException extends Exception {
  private static final long serialVersionUID = 1L;

  CallTimeoutException(Throwable cause) {
    super(cause);
  }
}
