package ee.supervisor.ctl.terminal;

/** Thrown when the operator left the shell by Ctrl-C. */
public final class LeftByInterruptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param cause where it was met
   */
  public LeftByInterruptException(Throwable cause) {
    super(cause);
  }
}
