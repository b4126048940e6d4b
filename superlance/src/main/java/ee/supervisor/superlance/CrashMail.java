package ee.supervisor.superlance;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends a mail whenever a process exits with a code that its program does not expect. */
final class CrashMail implements Watcher {

  /**
   * What its command line says.
   *
   * @param programs processes to watch; empty for all
   * @param subjectPrefix stands before each subject
   * @param to where the mail goes; empty for none
   */
  record Options(List<String> programs, Optional<String> subjectPrefix, Optional<String> to) {}

  private final Options options;
  private final Mailer mailer;
  private final Timestamps timestamps;
  private final Consumer<String> log;

  CrashMail(Options options, Mailer mailer, Timestamps timestamps, Consumer<String> log) {
    this.options = options;
    this.mailer = mailer;
    this.timestamps = timestamps;
    this.log = log;
  }

  @Override
  public void hear(Notice notice) throws IOException {
    if (!notice.isCrash() || !isWatched(notice) || options.to().isEmpty()) {
      return;
    }
    String subject =
        " %s crashed at %s".formatted(notice.field("processname"), timestamps.asInLog());
    Mail mail =
        new Mail(
            Optional.empty(),
            List.of(options.to().get()),
            Optional.of(options.subjectPrefix().map(prefix -> prefix + ":").orElse("") + subject),
            "Process %s in group %s exited unexpectedly (pid %s) from state %s"
                .formatted(
                    notice.field("processname"),
                    notice.field("groupname"),
                    notice.field("pid"),
                    notice.field("from_state")));
    log.accept("unexpected exit, mailing");
    mailer.send(mail);
    log.accept("Mailed:\n\n" + SendmailMailer.message(mail));
  }

  private boolean isWatched(Notice notice) {
    return options.programs().isEmpty()
        || options.programs().contains(notice.field("processname"))
        || options.programs().contains(notice.namespec());
  }
}
