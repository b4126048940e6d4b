package ee.supervisor.control;

import ee.supervisor.protocol.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far a rolling restart has come.
 *
 * @param what the group it is of, or {@code all}
 * @param results how it went for those whose turn came, in that order
 * @param old the names of those whose turn did not come: they are as they were before
 */
public record RollReport(String what, List<ProcessResult> results, List<String> old) {

  public RollReport {
    results = List.copyOf(results);
    old = List.copyOf(old);
  }

  /** Whether every process was restarted and is ready. */
  public boolean isComplete() {
    return failed().isEmpty() && old.isEmpty();
  }

  /** Those that failed. */
  public List<ProcessResult> failed() {
    return results.stream().filter(result -> result.fault() != Fault.SUCCESS).toList();
  }

  /** Where and why it ended, and what is still old; empty when it is complete. */
  public Optional<String> problem() {
    if (isComplete()) {
      return Optional.empty();
    }
    String where =
        failed().stream()
            .map(result -> result.namespec() + " (" + result.description() + ")")
            .collect(Collectors.joining(", "));
    return Optional.of(
        "rolling restart of %s ended%s, %d of %d restarted%s"
            .formatted(
                what,
                where.isEmpty() ? "" : " at " + where,
                results.size() - failed().size(),
                results.size() + old.size(),
                old.isEmpty() ? "" : "; still old: " + String.join(", ", old)));
  }
}
