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

  /**
   * Tries until it works or this is closed. On the calling thread: where the doors fail for want of
   * threads, there is none to be had for this either.
   */
  void open() {
    Optional<String> known = Optional.empty();
    Duration pause = firstPause;
    try {
      while (true) {
        Optional<String> failure = attempt.get();
        if (failure.isEmpty()) {
          if (known.isPresent()) {
            log.warn("the page and REST are open now");
          }
          return;
        } else if (!failure.equals(known) && closed.getCount() > 0) {
          logFailure(failure.get());
        }
        known = failure;
        if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        pause = longer(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  private void logFailure(String why) {
    log.critical(why + " (programs run on; the page and REST are tried again)");
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
