package ee.supervisor.control;

/**
 * Why supervision could not go on. All children were stopped; the process should end in a way that
 * makes a service manager start it again.
 */
public final class BrokenEngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit code for this: EX_SOFTWARE of sysexits(3). */
  public static final int EXIT_CODE = 70;

  BrokenEngineException(String what, Throwable cause) {
    super(what + " cannot go on: " + cause, cause);
  }
}
