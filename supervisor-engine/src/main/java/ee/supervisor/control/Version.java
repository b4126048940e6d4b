package ee.supervisor.control;

/** The versions that clients of Supervisor ask for. */
public final class Version {
  /**
   * The release of Supervisor whose interface this is: {@code supervisor.getSupervisorVersion},
   * {@code --version}.
   */
  public static final String SUPERVISOR = "4.3.0";

  /** {@code supervisor.getAPIVersion}. */
  public static final String RPC_API = "3.0";

  private Version() {}
}
