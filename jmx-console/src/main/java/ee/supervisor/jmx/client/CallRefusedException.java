package ee.supervisor.jmx.client;

/** Thrown when supervisord understood a call and refused it. */
public final class CallRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the fault's name, then perhaps a colon and more, such as {@code BAD_NAME: web}
   */
  public CallRefusedException(String message) {
    super(message);
  }

  /** The fault's name, such as {@code BAD_NAME}; the whole message where it names none. */
  public String fault() {
    int colon = getMessage().indexOf(':');
    return colon < 0 ? getMessage() : getMessage().substring(0, colon);
  }
}
