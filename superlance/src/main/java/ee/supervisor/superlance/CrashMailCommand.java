package ee.supervisor.superlance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code crashmail}. */
@Command(
    name = "crashmail",
    description = "Mails when a process exits unexpectedly. Wants events=PROCESS_STATE_EXITED.")
final class CrashMailCommand extends WatcherCommand {

  @Option(
      names = {"-p", "--program"},
      paramLabel = "NAME",
      description = "Watch this process, NAME or GROUP:NAME; may be given several times.")
  private List<String> programs = new ArrayList<>();

  @Option(
      names = {"-a", "--any"},
      description = "Watch all processes, whatever -p says. The default if there is no -p.")
  private boolean any;

  @Option(
      names = {"-o", "--optionalheader"},
      paramLabel = "PREFIX",
      description = "Begin the subject with PREFIX and a colon.")
  private Optional<String> subjectPrefix;

  @Mixin private SendmailOptions mail;

  @Override
  Watcher watcher(WatcherContext context) {
    return new CrashMail(
        new CrashMail.Options(any ? List.of() : programs, subjectPrefix, mail.to()),
        mail.mailer(),
        context.timestamps(),
        context.log());
  }
}
