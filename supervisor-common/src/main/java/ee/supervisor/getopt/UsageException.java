package ee.supervisor.getopt;

/**
 * Thrown when the command line or the configuration file cannot be used; the message is for the
 * operator.
 */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what is wrong, and where
   */
  public UsageException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what is wrong, and where
   * @param cause what that was found by
   */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
