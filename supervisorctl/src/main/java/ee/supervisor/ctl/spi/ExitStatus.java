package ee.supervisor.ctl.spi;

import ee.supervisor.protocol.FaultCode;

/** Names the exit codes of supervisorctl, which follow those of LSB init scripts. */
public final class ExitStatus {

  /** All went well. */
  public static final int SUCCESS = 0;

  /** Something went wrong. */
  public static final int GENERIC = 1;

  /** The action cannot do anything with its arguments. */
  public static final int INVALID_ARGUMENTS = 2;

  /** The server lacks the interface that we need. */
  public static final int UNIMPLEMENTED_FEATURE = 3;

  /** The server refused the connection. */
  public static final int INSUFFICIENT_PRIVILEGES = 4;

  /** The server's interface is of another version. */
  public static final int NOT_INSTALLED = 5;

  /** The server, or the process, doesn't run. */
  public static final int NOT_RUNNING = 7;

  /** Only of {@code status}: a process doesn't run. */
  public static final int STATUS_NOT_RUNNING = 3;

  /** Only of {@code status}: a name is unknown, or the server cannot be asked. */
  public static final int STATUS_UNKNOWN = 4;

  private ExitStatus() {}

  /**
   * The exit code that a fault leads to.
   *
   * @param faultCode one of {@link FaultCode}
   * @return {@link #NOT_RUNNING} if the process isn't there any more, {@link #GENERIC} otherwise
   */
  public static int ofFault(int faultCode) {
    return switch (faultCode) {
      case FaultCode.SUCCESS -> SUCCESS;
      case FaultCode.SPAWN_ERROR, FaultCode.ABNORMAL_TERMINATION, FaultCode.NOT_RUNNING ->
          NOT_RUNNING;
      default -> GENERIC;
    };
  }
}
