package ee.supervisor.output;

import static java.util.Objects.requireNonNull;

/** A log that cannot be read or cleared, with the reason in the words of the remote interface. */
public final class LogException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; the names are those of the remote interface's faults. */
  public enum Reason {
    /** Offset or length make no sense together. */
    BAD_ARGUMENTS,
    /** The file is there, but reading or removing it failed. */
    FAILED,
    /** There is no log file. */
    NO_FILE
  }

  private final Reason reason;

  LogException(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason);
  }

  LogException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason);
  }

  /** Why; not null. */
  public Reason reason() {
    return reason;
  }
}
