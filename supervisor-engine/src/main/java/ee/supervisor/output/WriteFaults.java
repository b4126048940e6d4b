package ee.supervisor.output;

import ee.supervisor.posix.PosixException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keeps account of a log file that cannot be written: when to try again, how much was dropped, and
 * what the operator sees in the log (once when it begins, once when it is over).
 */
final class WriteFaults {
  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

  /** A fault so soon after the last one goes on where that left off: a full disk comes and goes. */
  private static final long SOON_NANOS = Duration.ofSeconds(10).toNanos();

  private final Path path;
  private final ActivityLog log;
  private boolean failing;
  private long droppedBytes;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long retryAtNanos;

  WriteFaults(Path path, ActivityLog log) {
    this.path = path;
    this.log = log;
  }

  /** False while the last failure is too recent to try again. */
  boolean mayTry() {
    return !failing || System.nanoTime() - retryAtNanos >= 0;
  }

  /** Something failed; reports it unless that is known. */
  void failed(IOException why) {
    long now = System.nanoTime();
    if (!failing) {
      failing = true;
      boolean soon = retryAtNanos != 0 && now - retryAtNanos < SOON_NANOS;
      pauseNanos = soon ? pauseNanos : FIRST_PAUSE_NANOS;
      log.error("cannot write to " + path + " (" + reason(why) + "), its output is dropped");
    } else {
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    }
    retryAtNanos = now + pauseNanos;
  }

  void dropped(long bytes) {
    droppedBytes += bytes;
  }

  /** Writing works; reports that if it had failed. */
  void worked() {
    if (failing) {
      failing = false;
      log.warn("writing to " + path + " again, " + droppedBytes + " bytes were dropped");
      droppedBytes = 0;
    }
  }

  /** The log is no longer written: reports what was dropped and not reported yet. */
  void ended() {
    if (droppedBytes > 0) {
      log.warn("still cannot write to " + path + ", " + droppedBytes + " bytes were dropped");
      droppedBytes = 0;
    }
  }

  /** Why, for the operator: errno's name and text if the kernel said so. */
  static String reason(IOException why) {
    if (why instanceof PosixException refused) {
      return refused.errno().name() + ": " + refused.errno().message();
    }
    boolean hasReason = why instanceof FileSystemException e && e.getReason() != null;
    return hasReason ? ((FileSystemException) why).getReason() : why.toString();
  }
}
