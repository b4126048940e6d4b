package ee.supervisor.ctl.action;

/** Tells that the operator's patience with a call ended before the call did. */
final class CallTimeoutException extends Exception {
  private static final long serialVersionUID = 1L;

  CallTimeoutException(Throwable cause) {
    super(cause);
  }
}
