package ee.supervisor.protocol;

/** Names the numbers of the faults that supervisord returns. */
public final class FaultCode {

  /** No such method, or its namespace isn't enabled. */
  public static final int UNKNOWN_METHOD = 1;

  /** Too many arguments, or too few. */
  public static final int INCORRECT_PARAMETERS = 2;

  /** An argument of a wrong type or value. */
  public static final int BAD_ARGUMENTS = 3;

  /** No such signature. */
  public static final int SIGNATURE_UNSUPPORTED = 4;

  /** supervisord is about to end. */
  public static final int SHUTDOWN_STATE = 6;

  /** No such process or group. */
  public static final int BAD_NAME = 10;

  /** No such signal. */
  public static final int BAD_SIGNAL = 11;

  /** The program, or the log, isn't there. */
  public static final int NO_FILE = 20;

  /** The program may not be executed. */
  public static final int NOT_EXECUTABLE = 21;

  /** Anything else went wrong. */
  public static final int FAILED = 30;

  /** The process ended before it was taken as started. */
  public static final int ABNORMAL_TERMINATION = 40;

  /** The process could not be made. */
  public static final int SPAWN_ERROR = 50;

  /** The process runs already. */
  public static final int ALREADY_STARTED = 60;

  /** The process doesn't run. */
  public static final int NOT_RUNNING = 70;

  /** Not a fault: the status of a process that was dealt with, in a list of results. */
  public static final int SUCCESS = 80;

  /** The group is active already. */
  public static final int ALREADY_ADDED = 90;

  /** A process of the group still runs. */
  public static final int STILL_RUNNING = 91;

  /** The configuration file could not be read again. */
  public static final int CANT_REREAD = 92;

  private FaultCode() {}
}
