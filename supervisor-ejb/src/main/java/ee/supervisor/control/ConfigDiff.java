package ee.supervisor.control;

import ee.supervisor.config.GroupConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        active.stream()
            .collect(
                Collectors.toMap(GroupConfig::name, Function.identity(), (first, last) -> last));
    Map<String, GroupConfig> next =
        wanted.stream()
            .collect(
                Collectors.toMap(GroupConfig::name, Function.identity(), (first, last) -> last));
    List<String> names = wanted.stream().map(GroupConfig::name).toList();
    return new ConfigChanges(
        names.stream().filter(n -> !now.containsKey(n)).toList(),
        names.stream().filter(n -> now.containsKey(n) && !now.get(n).sameAs(next.get(n))).toList(),
        active.stream().map(GroupConfig::name).filter(n -> !next.containsKey(n)).toList());
  }
}
