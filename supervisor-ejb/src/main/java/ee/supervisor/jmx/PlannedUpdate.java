package ee.supervisor.jmx;

import ee.supervisor.control.UpdatePlan;
import java.util.List;

/**
 * What an update would do, as composite data; nothing has been done.
 *
 * @param added groups that are not active yet
 * @param changed groups that are configured otherwise
 * @param removed groups that are not configured any more
 * @param starts processes that would be started
 * @param stops processes that would be stopped
 * @param restarts processes that would be restarted, at once or in their turn
 * @param groups the details
 */
public record PlannedUpdate(
    List<String> added,
    List<String> changed,
    List<String> removed,
    List<String> starts,
    List<String> stops,
    List<String> restarts,
    List<PlannedGroup> groups) {

  public PlannedUpdate {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
    starts = List.copyOf(starts);
    stops = List.copyOf(stops);
    restarts = List.copyOf(restarts);
    groups = List.copyOf(groups);
  }

  static PlannedUpdate of(UpdatePlan plan) {
    return new PlannedUpdate(
        groups(plan, UpdatePlan.Change.ADDED),
        groups(plan, UpdatePlan.Change.CHANGED),
        groups(plan, UpdatePlan.Change.REMOVED),
        plan.processes(UpdatePlan.Effect.START::equals),
        plan.processes(UpdatePlan.Effect.STOP::equals),
        plan.processes(
            effect -> effect == UpdatePlan.Effect.RESTART || effect == UpdatePlan.Effect.ROLL),
        plan.groups().stream().map(PlannedGroup::of).toList());
  }

  private static List<String> groups(UpdatePlan plan, UpdatePlan.Change change) {
    return plan.groups().stream()
        .filter(group -> group.change() == change)
        .map(UpdatePlan.GroupPlan::group)
        .toList();
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

  /** {@link #starts}, for MXBeans before Java 21. */
  public List<String> getStarts() {
    return starts;
  }

  /** {@link #stops}, for MXBeans before Java 21. */
  public List<String> getStops() {
    return stops;
  }

  /** {@link #restarts}, for MXBeans before Java 21. */
  public List<String> getRestarts() {
    return restarts;
  }

  /** {@link #groups}, for MXBeans before Java 21. */
  public List<PlannedGroup> getGroups() {
    return groups;
  }
}
