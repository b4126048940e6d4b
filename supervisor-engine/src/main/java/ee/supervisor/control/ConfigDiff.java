package ee.supervisor.control;

import ee.supervisor.config.GroupConfig;
import java.util.Collection;
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
   * What differs, by group name.
   *
   * @param wanted the groups of the configuration, in its order
   * @param active the active groups, in the order of their activation
   */
  static ConfigChanges between(List<GroupConfig> wanted, Collection<GroupConfig> active) {
    Map<String, GroupConfig> now =
        active.stream().collect(Collectors.toMap(GroupConfig::name, Function.identity()));
    Set<String> names = wanted.stream().map(GroupConfig::name).collect(Collectors.toSet());
    return new ConfigChanges(
        namesOf(wanted, g -> !now.containsKey(g.name())),
        namesOf(wanted, g -> now.containsKey(g.name()) && !now.get(g.name()).sameAs(g)),
        namesOf(active, g -> !names.contains(g.name())));
  }

  private static List<String> namesOf(
      Collection<GroupConfig> groups, Predicate<GroupConfig> which) {
    return groups.stream().filter(which).map(GroupConfig::name).toList();
  }
}
