package ee.supervisor.launcher.payara;

/** Payara did not do what the doors need; the message is for the operator. */
public final class PayaraException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message for the operator
   */
  public PayaraException(String message, Throwable cause) {
    super(message, cause);
  }
}
