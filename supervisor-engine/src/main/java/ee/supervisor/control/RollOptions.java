package ee.supervisor.control;

import ee.supervisor.protocol.Fault;
import java.time.Duration;

/**
 * How a rolling restart goes about it.
 *
 * @param batch how many processes are restarted at a time
 * @param timeout how long each may take from its start until it is ready
 */
public record RollOptions(int batch, Duration timeout) {
  /** The longest time that can be asked for. */
  public static final Duration LONGEST = Duration.ofDays(1);

  /** What it is where nobody says otherwise. */
  public static final RollOptions DEFAULT = new RollOptions(1, Duration.ofMinutes(5));

  /**
   * Checks both.
   *
   * @throws SupervisorException BAD_ARGUMENTS when one is out of range
   */
  public RollOptions {
    if (batch < 1) {
      throw new SupervisorException(
          Fault.BAD_ARGUMENTS, "batch has to be a number of processes above 0, not " + batch);
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new SupervisorException(
          Fault.BAD_ARGUMENTS,
          "timeout has to be a number of seconds from 1 to %d, not %d"
              .formatted(LONGEST.toSeconds(), timeout.toSeconds()));
    }
  }

  /**
   * Those of a door.
   *
   * @param batch null for the usual
   * @param timeoutSeconds null for the usual
   * @throws SupervisorException BAD_ARGUMENTS when one is out of range
   */
  public static RollOptions of(Long batch, Long timeoutSeconds) {
    return new RollOptions(
        batch == null ? DEFAULT.batch : (int) Math.max(0, Math.min(Integer.MAX_VALUE, batch)),
        timeoutSeconds == null
            ? DEFAULT.timeout
            : Duration.ofSeconds(Math.max(0, Math.min(Integer.MAX_VALUE, timeoutSeconds))));
  }
}
