package ee.supervisor.superlance;

import ee.supervisor.event.ProcessState;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of {@code process_state_email_monitor}, which superlance has only as a base for
 * others: here it reports any change of state.
 */
@Command(
    name = "process_state_email_monitor",
    description =
        "Mails about changes of state, at most once an interval. Wants"
            + " events=PROCESS_STATE,TICK_60.")
final class ProcessStateMailCommand extends BatchMailCommand {
  private static final String PREFIX = "PROCESS_STATE_";

  @Option(
      names = "--states",
      paramLabel = "STATE",
      split = ",",
      description = "Report only changes to these states (all): ${COMPLETION-CANDIDATES}.")
  private Set<ProcessState> states = EnumSet.allOf(ProcessState.class);

  @Override
  Optional<String> defaultSubject() {
    return Optional.of("Process state alert from supervisord");
  }

  @Override
  Optional<String> message(Notice notice, Timestamps timestamps) {
    if (!notice.name().startsWith(PREFIX)) {
      return Optional.empty();
    }
    String to = notice.name().substring(PREFIX.length());
    return states.stream().map(Enum::name).anyMatch(to::equals)
        ? Optional.of(
            "%s -- Process %s changed from %s to %s"
                .formatted(timestamps.asInLog(), notice.namespec(), notice.field("from_state"), to))
        : Optional.empty();
  }
}
