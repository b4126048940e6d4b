package ee.supervisor.superlance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;

/** Sends mail through a command of the shell that takes header and text on its stdin. */
final class SendmailMailer implements Mailer {
  static final String DEFAULT_COMMAND = "/usr/sbin/sendmail -t -i";

  private final String command;

  /**
   * A mailer.
   *
   * @param command for the shell, such as {@value #DEFAULT_COMMAND}
   */
  SendmailMailer(String command) {
    this.command = command;
  }

  @Override
  public void send(Mail mail) throws IOException {
    Process sendmail =
        new ProcessBuilder(List.of("/bin/sh", "-c", command))
            // Our own stdout speaks the event protocol.
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream stdin = sendmail.getOutputStream()) {
      stdin.write(message(mail).getBytes(UTF_8));
    }
    try {
      int status = sendmail.waitFor();
      if (status != 0) {
        throw new IOException("%s: exit status %d".formatted(command, status));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command + ": interrupted");
    }
  }

  /** Header and text as they go to the command. */
  static String message(Mail mail) {
    StringBuilder message = new StringBuilder();
    mail.from().ifPresent(from -> message.append("From: ").append(from).append('\n'));
    message.append("To: ").append(String.join(", ", mail.to())).append('\n');
    mail.subject().ifPresent(subject -> message.append("Subject: ").append(subject).append('\n'));
    return message.append('\n').append(mail.body()).toString();
  }
}
