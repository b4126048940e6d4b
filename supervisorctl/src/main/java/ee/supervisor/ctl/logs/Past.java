package ee.supervisor.ctl.logs;

import java.time.Instant;
import java.util.Optional;

/**
 * Says how much of what has been written already is wanted.
 *
 * @param lines of each log at most
 * @param since nothing older than that
 */
record Past(int lines, Optional<Instant> since) {
  private static final int MIN_BYTES = 16 << 10;
  private static final int MAX_BYTES = 2 << 20;

  /** For all logs together: what they are held in is not endless. */
  private static final int TOTAL_BYTES = 64 << 20;

  /** How many bytes of each log to read. */
  int bytes(int logs) {
    long wanted = Math.min(MAX_BYTES, Math.max(MIN_BYTES, lines * 256L));
    return (int) Math.max(MIN_BYTES, Math.min(wanted, TOTAL_BYTES / Math.max(1, logs)));
  }
}
