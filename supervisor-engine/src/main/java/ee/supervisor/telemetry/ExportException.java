package ee.supervisor.telemetry;

/** A collector has not taken what it was sent. */
public final class ExportException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isFinal;

  /**
   * @param message what is wrong, for the operator: follows the collector's URL
   * @param isFinal whether the collector would refuse the same again
   */
  public ExportException(String message, boolean isFinal, Throwable cause) {
    super(message, cause);
    this.isFinal = isFinal;
  }

  /** Whether it is no use to send the same again. */
  public boolean isFinal() {
    return isFinal;
  }
}
