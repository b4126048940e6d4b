package ee.supervisor.telemetry;

import ee.supervisor.config.LogLevel;
import ee.supervisor.listener.EventLog;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Whether the collector takes what it is sent, and when to try again if it does not; logs a line
 * when it stops and a line when it is back, of one that comes and goes once a minute. Confined to
 * one thread.
 */
final class CollectorState {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final String endpoint;
  private final LongSupplier lost;
  private final EventLog log;
  private final LongSupplier nanoTime;
  private final Set<String> refusing = new HashSet<>();
  private boolean failing;
  private boolean logged;
  private long failedNanos;
  private long lostBefore;
  private long nextNanos;
  private long quietUntilNanos;
  private long refusalsQuietUntilNanos;
  private Duration pause = FIRST_PAUSE;

  /**
   * @param lost number of events lost so far
   * @param nanoTime the clock
   */
  CollectorState(String endpoint, LongSupplier lost, EventLog log, LongSupplier nanoTime) {
    this.endpoint = endpoint;
    this.lost = lost;
    this.log = log;
    this.nanoTime = nanoTime;
    this.quietUntilNanos = nanoTime.getAsLong();
    this.refusalsQuietUntilNanos = quietUntilNanos;
  }

  boolean isFailing() {
    return failing;
  }

  /** How long to wait before the next attempt, not negative. */
  Duration pause() {
    return failing
        ? Duration.ofNanos(Math.max(0, nextNanos - nanoTime.getAsLong()))
        : Duration.ZERO;
  }

  /** The collector is not there, or not able to take anything now. */
  void failed(String reason) {
    long now = nanoTime.getAsLong();
    if (failing) {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    } else {
      failing = true;
      logged = false;
      failedNanos = now;
      lostBefore = lost.getAsLong();
      pause = FIRST_PAUSE;
    }
    if (!logged && now - quietUntilNanos >= 0) {
      logged = true;
      quietUntilNanos = now + QUIET.toNanos();
      log.log(
          LogLevel.WARN,
          () ->
              "otlp_endpoint %s %s; events are kept for it while there is room"
                  .formatted(endpoint, reason));
    }
    nextNanos = now + pause.toNanos();
  }

  /** The collector has taken something. */
  void took(String what) {
    answered();
    if (refusing.remove(what)) {
      log.log(LogLevel.INFO, () -> "otlp_endpoint %s takes %s again".formatted(endpoint, what));
    }
  }

  /** The collector is there, and will not have what it is sent. */
  void refused(String what, String reason) {
    answered();
    if (!refusing.contains(what) && nanoTime.getAsLong() - refusalsQuietUntilNanos >= 0) {
      refusing.add(what);
      refusalsQuietUntilNanos = nanoTime.getAsLong() + QUIET.toNanos();
      log.log(
          LogLevel.WARN,
          () -> "otlp_endpoint %s %s: %s are lost".formatted(endpoint, reason, what));
    }
  }

  private void answered() {
    if (failing && logged) {
      Duration out = Duration.ofNanos(nanoTime.getAsLong() - failedNanos);
      log.log(
          LogLevel.INFO,
          () ->
              "otlp_endpoint %s is back after %d s; %d events were lost"
                  .formatted(endpoint, out.toSeconds(), lost.getAsLong() - lostBefore));
    }
    failing = false;
  }
}
