package ee.supervisor.process;

import ee.supervisor.posix.WaitStatus;
import ee.supervisor.protocol.Signals;

/**
 * How a process ended: by its own exit, or by a signal. One of the two texts is empty.
 *
 * @param code the exit code, {@code 0} to {@code 255}
 * @param signal name of the signal, {@code SIGKILL}
 */
public record ExitCause(String code, String signal) {

  /** All that a process has ended by once it has ended in too many ways to tell them apart. */
  static final ExitCause OTHER = new ExitCause("other", "");

  static ExitCause of(WaitStatus status) {
    return status.signal() == 0
        ? new ExitCause(Integer.toString(status.exitCode()), "")
        : new ExitCause("", Signals.name(status.signal()));
  }

  /** {@code 3} or {@code SIGKILL}. */
  @Override
  public String toString() {
    return code + signal;
  }
}
