package ee.supervisor.process;

import java.time.Duration;

/**
 * Keeps a program that exits the moment it is started from becoming a busy loop of restarts.
 *
 * <p>With {@code startsecs=0} nothing counts as a failed start, so autorestart has no limit;
 * Supervisor gets away with it because its main loop restarts once a second at most. Here a restart
 * takes a millisecond. A program that lived at least {@link #SHORT_LIFE}, and the first few that
 * did not, are restarted at once; after that, once a second.
 */
final class RestartPacing {
  static final Duration SHORT_LIFE = Duration.ofMillis(100);
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final int FREE_RESTARTS = 3;

  private int shortLives;

  /**
   * How long to wait before the next start.
   *
   * @param lived time from the last start to the exit
   */
  Duration delayAfter(Duration lived) {
    shortLives = lived.compareTo(SHORT_LIFE) < 0 ? shortLives + 1 : 0;
    return shortLives <= FREE_RESTARTS ? Duration.ZERO : PACE.minus(lived);
  }

  /** Forgets the past: an operator started or stopped the program. */
  void reset() {
    shortLives = 0;
  }
}
