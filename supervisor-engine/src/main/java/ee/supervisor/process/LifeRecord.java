package ee.supervisor.process;

import ee.supervisor.posix.WaitStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * When a process was started and ended, how often, and what came of it. Confined to the control
 * loop.
 */
final class LifeRecord {
  private final ReactionTimes reactions;
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
   * @param reactions records how long restarts at once took
   */
  LifeRecord(ReactionTimes reactions) {
    this.reactions = reactions;
  }

  void started() {
    if (everStarted) {
      counts = counts.withRestart();
    }
    everStarted = true;
    respawning = false;
    start = Instant.now();
    startedNanos = System.nanoTime();
    spawnError = "";
    exitStatus = 0;
  }

  /** The start just begun follows an exit, with no wait between. */
  void restartsAtOnce() {
    respawning = true;
  }

  /** There is a child. */
  void born() {
    if (respawning) {
      respawning = false;
      reactions.record(Duration.ofNanos(System.nanoTime() - exitSeenNanos));
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
    stop = Instant.now();
    exitStatus = status;
  }

  /** Time since the last start, whatever happened to the wall clock. */
  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
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
