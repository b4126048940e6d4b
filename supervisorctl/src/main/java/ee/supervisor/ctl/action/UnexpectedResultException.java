package ee.supervisor.ctl.action;

/** Thrown when a server's response is not what its interface promises. */
public final class UnexpectedResultException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnexpectedResultException(String message) {
    super(message);
  }
}
