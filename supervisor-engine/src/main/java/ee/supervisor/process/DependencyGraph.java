package ee.supervisor.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who needs whom, and the order in which all can be started. Immutable.
 *
 * <p>A configuration has no rings, but what is active may stem from two of them. A ring is cut
 * then: nothing has to be stopped before itself.
 *
 * @param <N> what there is an order of; compared by equals
 */
public final class DependencyGraph<N> {
  private final Map<N, List<Tie<N>>> ties = new HashMap<>();
  private final Map<N, Integer> places = new HashMap<>();
  private final List<N> startOrder;

  /** Whether there are no rings: then whoever needs another comes after it. */
  private final boolean whole;

  /**
   * Each of some needs each of others: one tie instead of many, so that hundreds that need hundreds
   * cost no more than there are.
   *
   * @param needed what they need
   * @param by who needs that
   */
  public record Tie<N>(Collection<N> needed, List<N> by) {}

  /**
   * Makes one.
   *
   * @param nodes in the order in which they would be started if none needed another
   * @param needs those that one needs; none twice
   */
  public DependencyGraph(List<N> nodes, Function<N, Collection<N>> needs) {
    this(nodes.stream().map(node -> new Tie<>(needs.apply(node), List.of(node))).toList(), nodes);
  }

  /** As the constructor, of those that have what they need in common. */
  public static <N> DependencyGraph<N> ofTies(List<N> nodes, Collection<Tie<N>> ties) {
    return new DependencyGraph<>(ties, nodes);
  }

  private DependencyGraph(Collection<Tie<N>> given, List<N> nodes) {
    Map<N, Integer> order = new HashMap<>();
    nodes.forEach(node -> order.put(node, order.size()));
    given.forEach(tie -> add(tie, order));
    Set<N> sorted = sorted(nodes, order);
    whole = sorted.size() == nodes.size();
    sorted.addAll(nodes);
    startOrder = List.copyOf(sorted);
    startOrder.forEach(node -> places.put(node, places.size()));
  }

  /** Nobody needs itself: who is among those that it needs is tied to the others on its own. */
  private void add(Tie<N> tie, Map<N, Integer> order) {
    Set<N> needed =
        tie.needed().stream()
            .filter(order::containsKey)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    add(needed, tie.by().stream().filter(by -> !needed.contains(by)).toList());
    for (N by : tie.by()) {
      if (needed.contains(by)) {
        Set<N> others = new LinkedHashSet<>(needed);
        others.remove(by);
        add(others, List.of(by));
      }
    }
  }

  private void add(Set<N> needed, List<N> by) {
    if (!by.isEmpty()) {
      Tie<N> tie = new Tie<>(needed, by);
      needed.forEach(node -> ties.computeIfAbsent(node, n -> new ArrayList<>()).add(tie));
    }
  }

  /** Of those that need nothing more, always the first as given; without those of a ring. */
  private Set<N> sorted(List<N> nodes, Map<N, Integer> order) {
    IdentityHashMap<Tie<N>, Integer> missing = new IdentityHashMap<>();
    Map<N, Integer> open = new HashMap<>();
    for (List<Tie<N>> of : ties.values()) {
      for (Tie<N> tie : of) {
        if (missing.putIfAbsent(tie, tie.needed().size()) == null) {
          tie.by().forEach(by -> open.merge(by, 1, Integer::sum));
        }
      }
    }
    PriorityQueue<N> free = new PriorityQueue<>(Comparator.comparing(order::get));
    nodes.stream().filter(node -> !open.containsKey(node)).forEach(free::add);
    Set<N> sorted = new LinkedHashSet<>();
    while (!free.isEmpty()) {
      N next = free.remove();
      sorted.add(next);
      for (Tie<N> tie : ties.getOrDefault(next, List.of())) {
        if (missing.merge(tie, -1, Integer::sum) == 0) {
          tie.by().stream().filter(by -> open.merge(by, -1, Integer::sum) == 0).forEach(free::add);
        }
      }
    }
    return sorted;
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

  /** Those that need it themselves; the same list for all that are needed by the same alone. */
  public List<N> neededBy(N node) {
    List<Tie<N>> of = ties.getOrDefault(node, List.of());
    if (whole && of.size() == 1) {
      return of.get(0).by();
    }
    return of.stream()
        .flatMap(tie -> tie.by().stream())
        .distinct()
        .filter(by -> places.get(by) > places.get(node))
        .toList();
  }

  /** Those that need one of some, directly or not, and those themselves. */
  public Set<N> withDependents(Collection<N> some) {
    Set<N> found = new LinkedHashSet<>(some);
    Deque<N> left = new ArrayDeque<>(some);
    Set<List<N>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!left.isEmpty()) {
      List<N> dependents = neededBy(left.remove());
      if (seen.add(dependents)) {
        dependents.stream().filter(found::add).forEach(left::add);
      }
    }
    return found;
  }

  /**
   * Of some, those that nobody needs any more.
   *
   * @param gone who needs nothing any more
   */
  public Set<N> unneeded(Collection<N> some, Predicate<N> gone) {
    IdentityHashMap<List<N>, Boolean> free = new IdentityHashMap<>();
    return some.stream()
        .filter(node -> free.computeIfAbsent(neededBy(node), by -> by.stream().allMatch(gone)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
