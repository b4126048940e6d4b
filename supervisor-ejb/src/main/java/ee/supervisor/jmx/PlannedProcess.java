package ee.supervisor.jmx;

import ee.supervisor.control.UpdatePlan;
import java.util.List;
import java.util.Locale;

/**
 * What an update would do to a process, as composite data.
 *
 * @param name as clients name it
 * @param change added, removed, changed or unchanged
 * @param effect none, start, stop, restart or roll
 * @param options those that differ
 */
public record PlannedProcess(
    String name, String change, String effect, List<PlannedOption> options) {

  public PlannedProcess {
    options = List.copyOf(options);
  }

  static PlannedProcess of(UpdatePlan.ProcessPlan plan) {
    return new PlannedProcess(
        plan.name(),
        plan.change().name().toLowerCase(Locale.ROOT),
        plan.effect().name().toLowerCase(Locale.ROOT),
        plan.options().stream().map(PlannedOption::of).toList());
  }

  /** {@link #name}, for MXBeans before Java 21. */
  public String getName() {
    return name;
  }

  /** {@link #change}, for MXBeans before Java 21. */
  public String getChange() {
    return change;
  }

  /** {@link #effect}, for MXBeans before Java 21. */
  public String getEffect() {
    return effect;
  }

  /** {@link #options}, for MXBeans before Java 21. */
  public List<PlannedOption> getOptions() {
    return options;
  }
}
