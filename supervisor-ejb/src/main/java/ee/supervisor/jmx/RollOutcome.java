package ee.supervisor.jmx;

import ee.supervisor.control.RollReport;
import java.util.List;

/**
 * How far a rolling restart has come, as composite data.
 *
 * @param complete whether every process was restarted and is ready
 * @param results how it went for those whose turn came
 * @param old the names of those whose turn did not come
 * @param problem where and why it ended; empty when it is complete
 */
public record RollOutcome(
    boolean complete, List<Outcome> results, List<String> old, String problem) {

  public RollOutcome {
    results = List.copyOf(results);
    old = List.copyOf(old);
  }

  static RollOutcome of(RollReport report) {
    return new RollOutcome(
        report.isComplete(),
        report.results().stream().map(Outcome::of).toList(),
        report.old(),
        report.problem().orElse(""));
  }

  /** {@link #complete}, for MXBeans before Java 21. */
  public boolean isComplete() {
    return complete;
  }

  /** {@link #results}, for MXBeans before Java 21. */
  public List<Outcome> getResults() {
    return results;
  }

  /** {@link #old}, for MXBeans before Java 21. */
  public List<String> getOld() {
    return old;
  }

  /** {@link #problem}, for MXBeans before Java 21. */
  public String getProblem() {
    return problem;
  }
}
