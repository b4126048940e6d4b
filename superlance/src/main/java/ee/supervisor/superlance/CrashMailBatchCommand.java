package ee.supervisor.superlance;

import java.util.Optional;
import picocli.CommandLine.Command;

/** The command line of {@code crashmailbatch}. */
@Command(
    name = "crashmailbatch",
    description =
        "Mails about processes that exited unexpectedly, at most once an interval. Wants"
            + " events=PROCESS_STATE,TICK_60.")
final class CrashMailBatchCommand extends BatchMailCommand {

  @Override
  Optional<String> defaultSubject() {
    return Optional.of("Crash alert from supervisord");
  }

  @Override
  Optional<String> message(Notice notice, Timestamps timestamps) {
    return notice.isCrash()
        ? Optional.of(
            "%s -- Process %s (pid %s) died unexpectedly"
                .formatted(timestamps.asInLog(), notice.namespec(), notice.field("pid")))
        : Optional.empty();
  }
}
