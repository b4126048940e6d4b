package ee.supervisor.event;

/** The state of supervisord itself with the codes of {@code supervisor.getState}. */
public enum SupervisorState {
  FATAL(2),
  RUNNING(1),
  RESTARTING(0),
  SHUTDOWN(-1);

  private final int code;

  SupervisorState(int code) {
    this.code = code;
  }

  /** The number XML-RPC gives this state. */
  public int code() {
    return code;
  }
}
