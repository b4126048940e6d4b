package ee.supervisor.process;

import ee.supervisor.posix.WaitStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * When a process was started and ended, how often, and what came of it. Confined to the control
 * loop.
 */
final class LifeRecord {
  private final ProcessServices services;
  private LifeCounts counts = LifeCounts.NONE;
  private boolean everStarted;
  private boolean respawning;
  private long exitSeenNanos;
  private long startedNanos;
  private Instant start = Instant.EPOCH;
  private Instant stop = Instant.EPOCH;
  private String spawnError = "";
  private int exitStatus;

  /**
   * Of a process that was never started.
   *
   * @param services have the clocks, and record how long restarts at once took
   */
  LifeRecord(ProcessServices services) {
    this.services = services;
  }

  void started() {
    if (everStarted) {
      counts = counts.withRestart();
    }
    everStarted = true;
    respawning = false;
    start = services.wallTime();
    startedNanos = services.nanoTime();
    spawnError = "";
    exitStatus = 0;
  }

  /** What came before the start just begun is over: that is counted from now. */
  void launched() {
    start = services.wallTime();
    startedNanos = services.nanoTime();
  }

  /** The start just begun follows an exit, with no wait between. */
  void restartsAtOnce() {
    respawning = true;
  }

  /** There is a child. */
  void born() {
    if (respawning) {
      respawning = false;
      services.reactionTimes().record(Duration.ofNanos(services.nanoTime() - exitSeenNanos));
    }
  }

  /** There could be no child. */
  void notBorn(String why) {
    counts = counts.withSpawnError();
    failed(why);
  }

  /** The child has ended; its exit was known at {@code seenNanos}. */
  void exited(WaitStatus status, long seenNanos) {
    exitSeenNanos = seenNanos;
    counts = counts.withExit(ExitCause.of(status));
  }

  void failed(String why) {
    spawnError = why;
  }

  void ended(int status) {
    stop = services.wallTime();
    exitStatus = status;
  }

  /** Time since the last start, whatever happened to the wall clock. */
  Duration sinceStart() {
    return Duration.ofNanos(services.nanoTime() - startedNanos);
  }

  /** Whether its last start was before that of another. */
  boolean wasStartedBefore(LifeRecord other) {
    return startedNanos - other.startedNanos < 0;
  }

  boolean everStarted() {
    return everStarted;
  }

  LifeCounts counts() {
    return counts;
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
