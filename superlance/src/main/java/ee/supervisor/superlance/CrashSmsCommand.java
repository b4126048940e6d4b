package ee.supervisor.superlance;

import java.util.Optional;
import picocli.CommandLine.Command;

/** The command line of {@code crashsms}. */
@Command(
    name = "crashsms",
    description =
        "Mails short messages about processes that exited unexpectedly, for a gateway to phones."
            + " Wants events=PROCESS_STATE,TICK_60.")
final class CrashSmsCommand extends BatchMailCommand {

  @Override
  Optional<String> defaultSubject() {
    return Optional.empty();
  }

  @Override
  Optional<String> message(Notice notice, Timestamps timestamps) {
    return notice.isCrash()
        ? Optional.of(
            "[%s](%s) exited unexpectedly %s"
                .formatted(notice.namespec(), notice.field("pid"), timestamps.asInLog()))
        : Optional.empty();
  }
}
