package ee.supervisor.launcher;

import ee.supervisor.output.ActivityLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens the doors in the end: what is in the way (no descriptors, a full disk) may pass, and is no
 * reason to end programs that run.
 */
final class DoorRetries implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Supplier<Optional<String>> attempt;
  private final ActivityLog log;
  private final Duration firstPause;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Nothing is tried yet.
   *
   * @param attempt opens the doors, or returns why that does not work; never on two threads at once
   * @param firstPause before the second attempt; each further pause is twice as long, up to a
   *     minute
   */
  DoorRetries(Supplier<Optional<String>> attempt, ActivityLog log, Duration firstPause) {
    this.attempt = attempt;
    this.log = log;
    this.firstPause = firstPause;
  }

  /** Tries once, and when that fails, on a thread of its own until it works. */
  void open() {
    Optional<String> failure = attempt.get();
    if (failure.isPresent() && closed.getCount() > 0) {
      logFailure(failure.get());
      Thread retries = new Thread(() -> openAtLast(failure.get()), "supervisor-doors");
      retries.setDaemon(true);
      retries.start();
    }
  }

  private void openAtLast(String firstFailure) {
    String known = firstFailure;
    Duration pause = firstPause;
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        Optional<String> failure = attempt.get();
        if (failure.isEmpty()) {
          log.warn("the doors are open now");
          return;
        }
        if (!failure.get().equals(known) && closed.getCount() > 0) {
          known = failure.get();
          logFailure(known);
        }
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void logFailure(String why) {
    log.critical(why + " (programs run on without doors, which are tried again)");
  }

  /**
   * Nothing is tried any more, but for an attempt that has begun; that it fails now is the end's
   * doing, and no news.
   */
  @Override
  public void close() {
    closed.countDown();
  }
}
