package ee.supervisor.ejb;

/**
 * Reports to the launcher whether the application came up, which an application server only writes
 * into its log: the doors must not open on one that did not.
 */
public final class StartUp {
  private static volatile boolean complete;

  private StartUp() {}

  /** Whether the start-up bean has a running supervisor. */
  public static boolean isComplete() {
    return complete;
  }

  static void setComplete(boolean value) {
    complete = value;
  }
}
