package ee.supervisor.superlance;

/** Thrown when supervisord refused to start or stop a process. */
final class StartStopRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param message the fault, such as {@code <Fault 10: 'BAD_NAME: web'>}
   */
  StartStopRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
