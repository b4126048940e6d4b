package ee.supervisor.control;

import java.time.Duration;

/**
 * Logs that SIGCHLD came where Supervisor's loop logs it: after the lines about the child whose end
 * it announced, and so after what that child wrote. Confined to the control loop.
 *
 * <p>The signal itself comes on a thread of its own, before or after the loop knows of the end. So
 * it is the end that is logged, and the signal only where no end comes with it (SIGSTOP).
 */
final class ChildSignal {
  private static final String LINE = "received SIGCHLD indicating a child quit";

  /** How far apart a signal and the end that it announces may come. */
  private static final Duration TOGETHER = Duration.ofMillis(200);

  private final LoopServices services;
  private boolean due;
  private long loggedNanos = System.nanoTime() - TOGETHER.toNanos();

  ChildSignal(LoopServices services) {
    this.services = services;
  }

  /** A child has ended, and the line about that is logged. */
  void childReaped() {
    if (!due) {
      due = true;
      // Once for all that are reaped in this turn.
      services.loop().execute(this::log);
    }
  }

  /** The signal has come. */
  void received() {
    long from = System.nanoTime() - TOGETHER.toNanos();
    services.schedule(
        TOGETHER,
        () -> {
          if (loggedNanos - from < 0) {
            log();
          }
        });
  }

  private void log() {
    due = false;
    loggedNanos = System.nanoTime();
    services.log().debug(LINE);
  }
}
