package ee.supervisor.superlance;

import java.util.Optional;
import picocli.CommandLine.Command;

/** The command line of {@code fatalmailbatch}. */
@Command(
    name = "fatalmailbatch",
    description =
        "Mails about processes that could not be started, at most once an interval. Wants"
            + " events=PROCESS_STATE,TICK_60.")
final class FatalMailBatchCommand extends BatchMailCommand {

  @Override
  Optional<String> defaultSubject() {
    return Optional.of("Fatal start alert from supervisord");
  }

  @Override
  Optional<String> message(Notice notice, Timestamps timestamps) {
    return notice.name().equals("PROCESS_STATE_FATAL")
        ? Optional.of(
            "%s -- Process %s failed to start too many times"
                .formatted(timestamps.asInLog(), notice.namespec()))
        : Optional.empty();
  }
}
