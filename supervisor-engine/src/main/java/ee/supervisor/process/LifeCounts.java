package ee.supervisor.process;

import java.util.HashMap;
import java.util.Map;

/**
 * How often things have happened to a process since its group became active.
 *
 * @param restarts starts after the first
 * @param spawnErrors starts that made no child
 * @param exits ends of children, by cause; of the first {@value #MOST_CAUSES} causes, so that a
 *     program that exits with ever other codes fills nobody's memory
 */
public record LifeCounts(long restarts, long spawnErrors, Map<ExitCause, Long> exits) {
  static final int MOST_CAUSES = 32;

  /** Nothing has happened. */
  public static final LifeCounts NONE = new LifeCounts(0, 0, Map.of());

  public LifeCounts {
    exits = Map.copyOf(exits);
  }

  LifeCounts withRestart() {
    return new LifeCounts(restarts + 1, spawnErrors, exits);
  }

  LifeCounts withSpawnError() {
    return new LifeCounts(restarts, spawnErrors + 1, exits);
  }

  LifeCounts withExit(ExitCause cause) {
    boolean told = exits.containsKey(cause) || exits.size() < MOST_CAUSES;
    Map<ExitCause, Long> next = new HashMap<>(exits);
    next.merge(told ? cause : ExitCause.OTHER, 1L, Long::sum);
    return new LifeCounts(restarts, spawnErrors, next);
  }
}
