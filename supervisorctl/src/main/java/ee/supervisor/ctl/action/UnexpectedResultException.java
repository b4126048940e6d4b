package ee.supervisor.ctl.action;

/** Tells that a server's answer is not what its interface promises. */
public final class UnexpectedResultException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnexpectedResultException(String message) {
    super(message);
  }
}
