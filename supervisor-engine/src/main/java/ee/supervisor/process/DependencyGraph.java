package ee.supervisor.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/**
 * Who needs whom, and the order in which all can be started. Immutable.
 *
 * <p>A configuration has no rings, but what is active may stem from two of them. A ring is cut
 * then: nothing has to be stopped before itself.
 *
 * @param <N> what there is an order of; compared by equals
 */
public final class DependencyGraph<N> {
  private final Map<N, List<N>> neededBy = new HashMap<>();
  private final Map<N, Integer> places = new HashMap<>();
  private final List<N> startOrder;

  /**
   * Makes one.
   *
   * @param nodes in the order in which they would be started if none needed another
   * @param needs those that one needs; none twice
   */
  public DependencyGraph(List<N> nodes, Function<N, Collection<N>> needs) {
    Map<N, Integer> given = new HashMap<>();
    nodes.forEach(node -> given.put(node, given.size()));
    Map<N, List<N>> all = new HashMap<>();
    Map<N, Integer> open = new HashMap<>();
    for (N node : nodes) {
      for (N needed : needs.apply(node)) {
        if (given.containsKey(needed) && !needed.equals(node)) {
          all.computeIfAbsent(needed, n -> new ArrayList<>()).add(node);
          open.merge(node, 1, Integer::sum);
        }
      }
    }
    startOrder = List.copyOf(sorted(nodes, given, all, open));
    startOrder.forEach(node -> places.put(node, places.size()));
    all.forEach(
        (needed, by) ->
            neededBy.put(
                needed, by.stream().filter(n -> places.get(n) > places.get(needed)).toList()));
  }

  /** Of those that need nothing more, always the first as given. */
  private static <N> Set<N> sorted(
      List<N> nodes, Map<N, Integer> given, Map<N, List<N>> neededBy, Map<N, Integer> open) {
    PriorityQueue<N> free = new PriorityQueue<>(Comparator.comparing(given::get));
    nodes.stream().filter(node -> !open.containsKey(node)).forEach(free::add);
    Set<N> order = new LinkedHashSet<>();
    while (!free.isEmpty()) {
      N next = free.remove();
      order.add(next);
      for (N by : neededBy.getOrDefault(next, List.of())) {
        if (open.merge(by, -1, Integer::sum) == 0) {
          free.add(by);
        }
      }
    }
    order.addAll(nodes);
    return order;
  }

  /** All, each after what it needs; else as they were given. */
  public List<N> startOrder() {
    return startOrder;
  }

  /** Some of them in the order in which they are started. */
  public List<N> inStartOrder(Collection<N> some) {
    return some.stream()
        .sorted(Comparator.comparing(node -> places.getOrDefault(node, Integer.MAX_VALUE)))
        .toList();
  }

  /** Those that need it themselves. */
  public List<N> neededBy(N node) {
    return neededBy.getOrDefault(node, List.of());
  }

  /** Those that need one of some, directly or not, and those themselves. */
  public Set<N> withDependents(Collection<N> some) {
    Set<N> found = new LinkedHashSet<>(some);
    Deque<N> left = new ArrayDeque<>(some);
    while (!left.isEmpty()) {
      for (N by : neededBy(left.remove())) {
        if (found.add(by)) {
          left.add(by);
        }
      }
    }
    return found;
  }
}
