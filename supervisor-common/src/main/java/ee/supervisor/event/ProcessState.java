package ee.supervisor.event;

/** The states of a process with the codes of the XML-RPC interface (manual: "Process States"). */
public enum ProcessState {
  STOPPED(0),
  STARTING(10),
  RUNNING(20),
  BACKOFF(30),
  STOPPING(40),
  EXITED(100),
  FATAL(200),
  UNKNOWN(1000);

  private final int code;

  ProcessState(int code) {
    this.code = code;
  }

  /** The number XML-RPC gives this state. */
  public int code() {
    return code;
  }

  /** STARTING, RUNNING or BACKOFF: a start request is refused, a stop request is granted. */
  public boolean isRunning() {
    return this == RUNNING || this == BACKOFF || this == STARTING;
  }

  /** STOPPED, EXITED, FATAL or UNKNOWN: nothing is left to wait for at shutdown. */
  public boolean isStopped() {
    return this == STOPPED || this == EXITED || this == FATAL || this == UNKNOWN;
  }

  /** RUNNING, STARTING or STOPPING: there is a process that a signal can reach. */
  public boolean isSignallable() {
    return this == RUNNING || this == STARTING || this == STOPPING;
  }
}
