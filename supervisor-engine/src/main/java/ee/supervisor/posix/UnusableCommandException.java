package ee.supervisor.posix;

/** A {@code command=} that no child can be started with. The message is Supervisor's. */
public final class UnusableCommandException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the command. */
  public enum Kind {
    /** There is no such file. */
    NOT_FOUND,
    /** It is a directory, or nobody may execute it. */
    NOT_EXECUTABLE,
    /** Others may execute it, supervisord may not. */
    NO_PERMISSION,
    /** It is empty, or its quotes do not match. */
    BAD_COMMAND
  }

  private final Kind kind;

  UnusableCommandException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What is wrong with the command. */
  public Kind kind() {
    return kind;
  }
}
