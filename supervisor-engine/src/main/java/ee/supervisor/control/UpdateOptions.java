package ee.supervisor.control;

import java.util.List;

/**
 * What an update is to be about.
 *
 * @param groups the names of the groups that are to follow; none for all
 * @param onlyChanged of a group that has changed, only the processes that have are touched
 */
public record UpdateOptions(List<String> groups, boolean onlyChanged) {
  /** What supervisorctl's {@code update} alone means. */
  public static final UpdateOptions ALL = new UpdateOptions(List.of(), false);

  public UpdateOptions {
    groups = List.copyOf(groups);
  }

  /** Whether it is about that group. */
  public boolean concerns(String group) {
    return groups.isEmpty() || groups.contains(group);
  }
}
