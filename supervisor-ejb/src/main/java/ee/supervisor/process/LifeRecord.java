package ee.supervisor.process;

import java.time.Duration;
import java.time.Instant;

/**
 * When a process was started and ended, how often, and what came of it. Confined to the control
 * loop.
 */
final class LifeRecord {
  private long starts;
  private long startedNanos;
  private Instant start = Instant.EPOCH;
  private Instant stop = Instant.EPOCH;
  private String spawnError = "";
  private int exitStatus;

  void started() {
    starts++;
    start = Instant.now();
    startedNanos = System.nanoTime();
    spawnError = "";
    exitStatus = 0;
  }

  void failed(String why) {
    spawnError = why;
  }

  void ended(int status) {
    stop = Instant.now();
    exitStatus = status;
  }

  /** Time since the last start, whatever happened to the wall clock. */
  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  boolean everStarted() {
    return starts > 0;
  }

  long restarts() {
    return Math.max(0, starts - 1);
  }

  Instant start() {
    return start;
  }

  Instant stop() {
    return stop;
  }

  String spawnError() {
    return spawnError;
  }

  int exitStatus() {
    return exitStatus;
  }
}
