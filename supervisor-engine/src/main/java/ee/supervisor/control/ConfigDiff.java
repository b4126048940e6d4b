package ee.supervisor.control;

import ee.supervisor.config.Dependency;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessSelector;
import ee.supervisor.process.DependencyGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compares a configuration with what is active, for {@code reread} and {@code update}. */
final class ConfigDiff {
  private ConfigDiff() {}

  /**
   * What differs, by group name. Where groups need one another, those that are to come are in the
   * order of a start, those that are to go in that of a stop.
   *
   * @param wanted the groups of the configuration, in its order
   * @param active the active groups, in the order of their activation
   */
  static ConfigChanges between(List<GroupConfig> wanted, Collection<GroupConfig> active) {
    Map<String, GroupConfig> now =
        active.stream().collect(Collectors.toMap(GroupConfig::name, Function.identity()));
    Set<String> names = wanted.stream().map(GroupConfig::name).collect(Collectors.toSet());
    return new ConfigChanges(
        inStartOrder(namesOf(wanted, g -> !now.containsKey(g.name())), wanted),
        inStartOrder(
            namesOf(wanted, g -> now.containsKey(g.name()) && !now.get(g.name()).sameAs(g)),
            wanted),
        inStopOrder(namesOf(active, g -> !names.contains(g.name())), active));
  }

  private static List<String> inStopOrder(List<String> names, Collection<GroupConfig> groups) {
    if (names.size() < 2 || groups.stream().noneMatch(ConfigDiff::needsOthers)) {
      return names;
    }
    List<String> reversed = new ArrayList<>(names);
    Collections.reverse(reversed);
    List<String> order = new ArrayList<>(inStartOrder(reversed, groups));
    Collections.reverse(order);
    return order;
  }

  /** As they are, where none needs another. */
  private static List<String> inStartOrder(List<String> names, Collection<GroupConfig> groups) {
    if (names.size() < 2 || groups.stream().noneMatch(ConfigDiff::needsOthers)) {
      return names;
    }
    Map<String, GroupConfig> among =
        groups.stream()
            .filter(group -> names.contains(group.name()))
            .collect(Collectors.toMap(GroupConfig::name, Function.identity()));
    return new DependencyGraph<>(names, name -> needed(among.get(name), among)).startOrder();
  }

  private static boolean needsOthers(GroupConfig group) {
    return group.processes().stream().anyMatch(p -> !p.relations().needs().isEmpty());
  }

  /** The names of those among some groups that have a process that one of another needs. */
  private static Set<String> needed(GroupConfig group, Map<String, GroupConfig> among) {
    Set<ProcessSelector> on =
        group.processes().stream()
            .flatMap(p -> p.relations().needs().stream().map(Dependency::on))
            .collect(Collectors.toSet());
    return among.values().stream()
        .filter(
            other ->
                other.processes().stream()
                    .anyMatch(p -> on.stream().anyMatch(s -> s.matches(other.name(), p))))
        .map(GroupConfig::name)
        .collect(Collectors.toSet());
  }

  private static List<String> namesOf(
      Collection<GroupConfig> groups, Predicate<GroupConfig> which) {
    return groups.stream().filter(which).map(GroupConfig::name).toList();
  }
}
