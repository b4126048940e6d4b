package ee.supervisor.launcher;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.SupervisorState;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The moments after the first programs were started, which a daemon lets pass before it gives the
 * shell back. A script that looks half a second later, which is what many sleep, then finds
 * programs with the usual startsecs of 1 RUNNING, or what has become of them. Where nothing is
 * STARTING there is nothing to wait for.
 */
final class FirstMoments {
  /** With the half second, and the time in which supervisorctl starts, more than a second. */
  private static final Duration MOST = Duration.ofMillis(500);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private volatile long beginning = System.nanoTime();

  /** Says that the first programs have just been started. */
  void begin() {
    beginning = System.nanoTime();
  }

  /** Returns when no process is STARTING, or all had their time. */
  void await(Supervisor supervisor) {
    while (isStarting(supervisor) && System.nanoTime() - beginning < MOST.toNanos()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private static boolean isStarting(Supervisor supervisor) {
    return supervisor.state() != SupervisorState.SHUTDOWN
        && supervisor.processes().stream()
            .anyMatch(process -> process.state() == ProcessState.STARTING);
  }
}
