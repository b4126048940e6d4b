package ee.supervisor.superlance;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of watchers that mail by sendmail. */
final class SendmailOptions {

  @Option(
      names = {"-s", "--sendmail_program", "--sendmail"},
      paramLabel = "COMMAND",
      defaultValue = SendmailMailer.DEFAULT_COMMAND,
      description = "Command that takes a mail on its stdin (${DEFAULT-VALUE}).")
  private String command;

  @Option(
      names = {"-m", "--email"},
      paramLabel = "ADDRESS",
      description = "Where mail goes; without it none is sent.")
  private Optional<String> to;

  Mailer mailer() {
    return new SendmailMailer(command);
  }

  Optional<String> to() {
    return to;
  }
}
