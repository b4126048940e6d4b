package ee.supervisor.jmx;

import ee.supervisor.control.UpdatePlan;
import java.util.List;
import java.util.Locale;

/**
 * What an update would do to a group, as composite data.
 *
 * @param group its name
 * @param change added, removed or changed
 * @param inPlace whether it would follow process by process, else it is replaced as a whole
 * @param options those of the group itself that differ
 * @param processes what would become of its processes
 */
public record PlannedGroup(
    String group,
    String change,
    boolean inPlace,
    List<PlannedOption> options,
    List<PlannedProcess> processes) {

  public PlannedGroup {
    options = List.copyOf(options);
    processes = List.copyOf(processes);
  }

  static PlannedGroup of(UpdatePlan.GroupPlan plan) {
    return new PlannedGroup(
        plan.group(),
        plan.change().name().toLowerCase(Locale.ROOT),
        plan.inPlace(),
        plan.options().stream().map(PlannedOption::of).toList(),
        plan.processes().stream().map(PlannedProcess::of).toList());
  }

  /** {@link #group}, for MXBeans before Java 21. */
  public String getGroup() {
    return group;
  }

  /** {@link #change}, for MXBeans before Java 21. */
  public String getChange() {
    return change;
  }

  /** {@link #inPlace}, for MXBeans before Java 21. */
  public boolean isInPlace() {
    return inPlace;
  }

  /** {@link #options}, for MXBeans before Java 21. */
  public List<PlannedOption> getOptions() {
    return options;
  }

  /** {@link #processes}, for MXBeans before Java 21. */
  public List<PlannedProcess> getProcesses() {
    return processes;
  }
}
