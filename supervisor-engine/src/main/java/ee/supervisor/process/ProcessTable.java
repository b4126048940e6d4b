package ee.supervisor.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The active process groups. Changed on the control loop only; what it shows other threads is an
 * immutable snapshot of the groups, each process of which shows its own latest {@link ProcessInfo}.
 */
public final class ProcessTable {
  /** The sort is stable: groups of one priority stay in the order in which they were added. */
  private static final Comparator<ProcessGroup> BY_PRIORITY =
      Comparator.comparingLong(g -> g.config().priority());

  private final Map<String, ProcessGroup> groups = new LinkedHashMap<>();
  private volatile List<ProcessGroup> byPriority = List.of();
  private volatile List<ManagedProcess> byName = List.of();

  /** Adds a group; one of that name must not be there. */
  public void add(ProcessGroup group) {
    if (groups.putIfAbsent(group.name(), group) != null) {
      throw new IllegalStateException("group " + group.name() + " is active");
    }
    publish();
  }

  /** Puts a group in the place of the one of its name. */
  public void replace(ProcessGroup successor) {
    if (groups.replace(successor.name(), successor) == null) {
      throw new IllegalStateException("group " + successor.name() + " is not active");
    }
    publish();
  }

  /** Takes a group out. */
  public void remove(String name) {
    groups.remove(name);
    publish();
  }

  /** Takes all groups out. */
  public void clear() {
    groups.clear();
    publish();
  }

  /** The group of that name. */
  public Optional<ProcessGroup> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** The groups in the order in which they were added. */
  public Collection<ProcessGroup> groups() {
    return List.copyOf(groups.values());
  }

  /** The groups by priority, then in the order in which they were added; from any thread. */
  public List<ProcessGroup> byPriority() {
    return byPriority;
  }

  /** All processes, by group priority, then process priority; from any thread. */
  public List<ManagedProcess> processesByPriority() {
    return byPriority.stream().flatMap(g -> g.byPriority().stream()).toList();
  }

  /** All processes, by group name, then process name; from any thread. */
  public List<ManagedProcess> processesByName() {
    return byName;
  }

  /** The processes that have not stopped, in the order of their groups' activation. */
  public List<ManagedProcess> unstopped() {
    return groups.values().stream().flatMap(g -> g.unstopped().stream()).toList();
  }

  /** The process of that name in the group of that name; from any thread. */
  public Optional<ManagedProcess> find(String group, String process) {
    return byPriority.stream()
        .filter(g -> g.name().equals(group))
        .findFirst()
        .flatMap(g -> g.process(process));
  }

  private void publish() {
    List<ProcessGroup> sorted = new ArrayList<>(groups.values());
    sorted.sort(BY_PRIORITY);
    byPriority = List.copyOf(sorted);
    byName =
        groups.values().stream()
            .sorted(Comparator.comparing(ProcessGroup::name))
            .flatMap(
                g -> g.byPriority().stream().sorted(Comparator.comparing(p -> p.config().name())))
            .toList();
  }
}
