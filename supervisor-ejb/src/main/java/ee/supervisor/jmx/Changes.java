package ee.supervisor.jmx;

import ee.supervisor.control.ConfigChanges;
import java.util.List;

/**
 * What a reread found, as composite data: names of groups.
 *
 * @param added configured, not active
 * @param changed active with another configuration
 * @param removed active, not configured any more
 */
public record Changes(List<String> added, List<String> changed, List<String> removed) {

  public Changes {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  static Changes of(ConfigChanges changes) {
    return new Changes(changes.added(), changes.changed(), changes.removed());
  }

  /** {@link #added}, for MXBeans before Java 21. */
  public List<String> getAdded() {
    return added;
  }

  /** {@link #changed}, for MXBeans before Java 21. */
  public List<String> getChanged() {
    return changed;
  }

  /** {@link #removed}, for MXBeans before Java 21. */
  public List<String> getRemoved() {
    return removed;
  }
}
