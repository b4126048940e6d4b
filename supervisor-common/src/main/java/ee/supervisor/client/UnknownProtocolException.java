package ee.supervisor.client;

/** Thrown when a server URL cannot be used because of how it is written. */
public final class UnknownProtocolException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what is wrong, with the URL
   */
  public UnknownProtocolException(String message) {
    super(message);
  }
}
