package ee.supervisor.control;

import java.util.List;

/** What a {@code reloadConfig} found: names of groups that differ from the active ones. */
public record ConfigChanges(List<String> added, List<String> changed, List<String> removed) {

  public ConfigChanges {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  /** Those that are about the groups of an update. */
  ConfigChanges within(UpdateOptions options) {
    return new ConfigChanges(
        added.stream().filter(options::concerns).toList(),
        changed.stream().filter(options::concerns).toList(),
        removed.stream().filter(options::concerns).toList());
  }
}
