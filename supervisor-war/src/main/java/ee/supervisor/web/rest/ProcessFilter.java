package ee.supervisor.web.rest;

import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessInfo;
import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which processes a client wants to see: {@code ?state=FATAL,BACKOFF&group=web}. Several values of
 * one filter are alternatives; none lets everything through.
 */
record ProcessFilter(Set<ProcessState> states, Set<String> groups, Set<String> names)
    implements Predicate<ProcessInfo> {

  /** The filter that a query describes; 400 for a state that does not exist. */
  static ProcessFilter of(List<String> states, List<String> groups, List<String> names) {
    Set<ProcessState> wanted = EnumSet.noneOf(ProcessState.class);
    states.stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(ProcessFilter::state)
        .forEach(wanted::add);
    return new ProcessFilter(wanted, Set.copyOf(groups), Set.copyOf(names));
  }

  private static ProcessState state(String text) {
    return Arrays.stream(ProcessState.values())
        .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new BadRequestException(
                    "state=" + text + " is none of " + List.of(ProcessState.values())));
  }

  @Override
  public boolean test(ProcessInfo process) {
    return (states.isEmpty() || states.contains(process.state()))
        && (groups.isEmpty() || groups.contains(process.group()))
        && (names.isEmpty() || names.contains(process.name()));
  }
}
