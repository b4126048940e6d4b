package ee.supervisor.config;

/** When a program that left RUNNING by itself is started again. */
public enum Autorestart {
  NEVER,
  UNEXPECTED,
  ALWAYS;

  /**
   * Whether it is started again.
   *
   * @param expected whether its exit code is one of its exitcodes
   */
  public boolean isDue(boolean expected) {
    return switch (this) {
      case ALWAYS -> true;
      case UNEXPECTED -> !expected;
      case NEVER -> false;
    };
  }
}
