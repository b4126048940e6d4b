package ee.supervisor.superlance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The command line of the watchers that collect messages and mail them by SMTP. */
abstract class BatchMailCommand extends WatcherCommand {
  private static final Pattern COMMA = Pattern.compile(",");

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "MINUTES",
      defaultValue = "1.0",
      description = "Collect for so long before a mail is sent (${DEFAULT-VALUE}).")
  private double intervalMinutes;

  @Option(
      names = {"-t", "--toEmail"},
      paramLabel = "ADDRESS",
      required = true,
      description = "Where mail goes; several are separated by commas.")
  private String to;

  @Option(
      names = {"-f", "--fromEmail"},
      paramLabel = "ADDRESS",
      required = true,
      description = "Who sends it.")
  private String from;

  @Option(
      names = {"-s", "--subject"},
      paramLabel = "TEXT",
      description = "Its subject.")
  private Optional<String> subject;

  @Option(
      names = {"-H", "--smtpHost"},
      paramLabel = "HOST[:PORT]",
      defaultValue = "localhost",
      description = "The SMTP server (${DEFAULT-VALUE}).")
  private String smtpHost;

  @Option(
      names = {"-e", "--tickEvent"},
      paramLabel = "EVENT",
      defaultValue = "TICK_60",
      description = "The TICK event that counts the time (${DEFAULT-VALUE}).")
  private String tickEvent;

  @Option(
      names = {"-u", "--userName"},
      paramLabel = "NAME",
      description = "Who we are at the SMTP server.")
  private Optional<String> user;

  @Option(
      names = {"-p", "--password"},
      paramLabel = "PASSWORD",
      description = "The password of --userName.")
  private Optional<String> password;

  @Option(names = "--tls", description = "Encrypt the connection to the SMTP server (STARTTLS).")
  private boolean tls;

  /** The subject if none is given. */
  abstract Optional<String> defaultSubject();

  /** The line that an event adds to the mail; empty if it is of no interest. */
  abstract Optional<String> message(Notice notice, Timestamps timestamps);

  @Override
  final Watcher watcher(WatcherContext context) {
    if (!Stream.of("TICK_5", "TICK_60", "TICK_3600").toList().contains(tickEvent)) {
      throw new IllegalArgumentException("Invalid TICK event name: " + tickEvent);
    }
    List<String> addresses = COMMA.splitAsStream(to).map(String::strip).toList();
    return new BatchMail(
        new BatchMail.Options(
            Duration.ofMillis(Math.round(intervalMinutes * 60_000)),
            tickEvent,
            from,
            addresses,
            subject.or(this::defaultSubject)),
        notice -> message(notice, context.timestamps()),
        new SmtpMailer(smtpHost, login(), tls),
        context.log());
  }

  private Optional<SmtpMailer.Login> login() {
    return user.flatMap(name -> password.map(secret -> new SmtpMailer.Login(name, secret)));
  }
}
