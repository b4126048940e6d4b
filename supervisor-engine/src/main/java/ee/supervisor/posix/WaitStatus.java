package ee.supervisor.posix;

import ee.supervisor.protocol.Signals;

/**
 * How a child ended (wait(2)), in Supervisor's words.
 *
 * @param raw the status as waitpid(2) gives it
 */
public record WaitStatus(int raw) {
  /** Of a child that somebody else has waited for. */
  public static final WaitStatus UNKNOWN = new WaitStatus(0x7f);

  private static final int SIGNAL_MASK = 0x7f;
  private static final int CORE_FLAG = 0x80;

  /** The exit code 0 to 255, or -1 when a signal killed it. */
  public int exitCode() {
    return exited() ? raw >> 8 & 0xff : -1;
  }

  /** Number of the signal that killed it, or 0 when it exited. */
  public int signal() {
    return exited() ? 0 : raw & SIGNAL_MASK;
  }

  private boolean exited() {
    return (raw & SIGNAL_MASK) == 0;
  }

  /**
   * {@code exit status 3}, {@code terminated by SIGKILL}, {@code terminated by SIGSEGV (core
   * dumped)}.
   */
  public String describe() {
    if (exited()) {
      return "exit status " + exitCode();
    }
    if (signal() == SIGNAL_MASK) {
      return String.format("unknown termination cause 0x%04x", raw);
    }
    String core = (raw & CORE_FLAG) != 0 ? " (core dumped)" : "";
    return "terminated by " + Signals.name(signal()) + core;
  }
}
