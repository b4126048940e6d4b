package ee.supervisor.superlance;

import java.util.ArrayList;
import java.util.List;

/** Keeps the mails it is given. */
final class RecordedMailer implements Mailer {
  final List<Mail> mails = new ArrayList<>();

  @Override
  public void send(Mail mail) {
    mails.add(mail);
  }

  List<String> subjects() {
    return mails.stream().map(mail -> mail.subject().orElse("")).toList();
  }
}
