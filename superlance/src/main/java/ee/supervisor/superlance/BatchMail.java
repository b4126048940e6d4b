package ee.supervisor.superlance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Collects messages about state changes and sends them together, once an interval. TICK events tell
 * it the time.
 */
final class BatchMail implements Watcher {
  private static final int DIGEST_CHARS = 76;

  /**
   * What its command line says.
   *
   * @param interval shortest time between two mails
   * @param tickEvent which TICK event counts the time
   * @param from sender
   * @param to where the mail goes, at least one
   * @param subject empty for none
   */
  record Options(
      Duration interval, String tickEvent, String from, List<String> to, Optional<String> subject) {

    /** Time from one TICK event to the next. */
    Duration tick() {
      return Duration.ofSeconds(Long.parseLong(tickEvent.substring("TICK_".length())));
    }
  }

  private final Options options;
  private final Function<Notice, Optional<String>> message;
  private final Mailer mailer;
  private final Consumer<String> log;
  private final List<String> batch = new ArrayList<>();
  private Duration sinceLast = Duration.ZERO;

  /**
   * A batch that is empty.
   *
   * @param message the line an event adds to the mail, if it is one to report
   */
  BatchMail(
      Options options,
      Function<Notice, Optional<String>> message,
      Mailer mailer,
      Consumer<String> log) {
    this.options = options;
    this.message = message;
    this.mailer = mailer;
    this.log = log;
  }

  @Override
  public void hear(Notice notice) {
    if (notice.name().equals(options.tickEvent())) {
      sinceLast = sinceLast.plus(options.tick());
      if (sinceLast.compareTo(options.interval()) >= 0) {
        send();
        sinceLast = Duration.ZERO;
        batch.clear();
      }
      return;
    }
    message
        .apply(notice)
        .ifPresent(
            line -> {
              log.accept(line);
              batch.add(line);
            });
  }

  private void send() {
    if (batch.isEmpty()) {
      return;
    }
    String body = String.join("\n", batch);
    try {
      mailer.send(new Mail(Optional.of(options.from()), options.to(), options.subject(), body));
    } catch (IOException e) {
      // The next batch must not wait for a mail server that is down: this one is reported here
      // only.
      log.accept("Error sending email: " + e.getMessage());
    }
    log.accept(
        "Sending notification email:\nTo: %s\nFrom: %s\nSubject: %s\nBody:\n%s"
            .formatted(
                String.join(", ", options.to()),
                options.from(),
                options.subject().orElse("None"),
                body.length() > DIGEST_CHARS ? body.substring(0, DIGEST_CHARS) + "..." : body));
  }
}
