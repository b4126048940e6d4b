package ee.supervisor.xmlrpc;

import ee.supervisor.config.LogLevel;
import ee.supervisor.output.ActivityLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Logs what clients do wrong, which they can do as often as they like: some lines a minute, and at
 * its end how many more there would have been. Safe for all threads.
 */
final class Complaints {
  /** Lines in one period. */
  static final int MAX_LINES = 20;

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Executor afterPeriod;
  private final AtomicInteger count = new AtomicInteger();

  /** Reports at the end of a period on a thread of {@code work}. */
  static Complaints on(Executor work) {
    return new Complaints(
        CompletableFuture.delayedExecutor(PERIOD.toMillis(), TimeUnit.MILLISECONDS, work));
  }

  /**
   * @param afterPeriod runs what it is given when a period is over
   */
  Complaints(Executor afterPeriod) {
    this.afterPeriod = afterPeriod;
  }

  /** Logs {@code line}, or counts it. */
  void log(ActivityLog log, LogLevel level, Supplier<String> line) {
    int number = count.incrementAndGet();
    if (number == 1) {
      afterPeriod.execute(() -> endPeriod(log));
    }
    if (number <= MAX_LINES) {
      log.log(level, line.get());
    }
  }

  private void endPeriod(ActivityLog log) {
    int more = count.getAndSet(0) - MAX_LINES;
    if (more > 0) {
      log.error("XML-RPC request data of %d more requests was invalid or failed".formatted(more));
    }
  }
}
