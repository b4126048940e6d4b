package ee.supervisor.process;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import ee.supervisor.config.Dependency;
import ee.supervisor.event.ProcessState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One active process needs another.
 *
 * @param process who needs it, as operators write its name
 * @param needs what it needs; something that is not active has its name in the configuration
 * @param condition what has to be true of that
 */
public record DependencyLink(String process, String needs, Dependency.Condition condition) {

  /**
   * Whether it is met.
   *
   * @param needed what it needs, as it is; empty if that is not active
   */
  public boolean isMetBy(Optional<ProcessInfo> needed) {
    return needed.filter(this::isTrueOf).isPresent();
  }

  private boolean isTrueOf(ProcessInfo other) {
    boolean running = other.state() == ProcessState.RUNNING;
    boolean ended = other.state() == ProcessState.EXITED;
    return switch (condition) {
      case STARTED ->
          running || ended || (other.state() == ProcessState.STARTING && other.pid() != 0);
      case RUNNING -> running;
      case READY -> running && other.ready().orElse(true);
      case COMPLETED -> ended && other.config().restart().expects(other.exitStatus());
      case EXITED -> ended;
    };
  }

  /** Those that need one of some, directly or not, without those themselves. */
  public static Set<String> dependents(List<DependencyLink> links, Set<String> some) {
    Map<String, List<String>> neededBy =
        links.stream()
            .collect(groupingBy(DependencyLink::needs, mapping(DependencyLink::process, toList())));
    Set<String> found = new HashSet<>(some);
    Deque<String> left = new ArrayDeque<>(some);
    while (!left.isEmpty()) {
      for (String by : neededBy.getOrDefault(left.remove(), List.of())) {
        if (found.add(by)) {
          left.add(by);
        }
      }
    }
    found.removeAll(some);
    return found;
  }
}
