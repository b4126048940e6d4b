package ee.supervisor.superlance;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The four watchers that mail in batches, through a real SMTP server. */
class BatchMailTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T07:21:44.123Z"), ZoneOffset.UTC);
  private static final Notice TICK = new Notice("TICK_60", Map.of());

  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final RecordedStream log = new RecordedStream();

  @BeforeEach
  void startMailServer() {
    smtp.start();
  }

  @AfterEach
  void stopMailServer() {
    smtp.stop();
  }

  @Test
  void crashesOfAnIntervalComeInOneMail() throws Exception {
    Watcher watcher = watcher("crashmailbatch", "-t", "ops@example.com, dev@example.com");
    watcher.hear(exited("cart", "0"));
    watcher.hear(exited("till", "0"));
    watcher.hear(exited("fine", "1"));
    watcher.hear(TICK);

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo("Crash alert from supervisord");
    assertThat(mail.getFrom()[0]).hasToString("supervisord@example.com");
    assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(2);
    assertThat(mail.getHeader("Date")).isNotEmpty();
    assertThat(mail.getMessageID()).isNotEmpty();
    assertThat(lines(mail))
        .containsExactly(
            "2026-11-23 07:21:44,123 -- Process shop:cart (pid 42) died unexpectedly",
            "2026-11-23 07:21:44,123 -- Process shop:till (pid 42) died unexpectedly");
    assertThat(log.text())
        .contains("Sending notification email:\nTo: ops@example.com, dev@example.com\n");
  }

  @Test
  void nothingIsSentWhenNothingHappened() throws Exception {
    Watcher watcher = watcher("crashmailbatch");
    watcher.hear(TICK);

    assertThat(smtp.getReceivedMessages()).isEmpty();
  }

  @Test
  void theIntervalIsCountedInTicks() throws Exception {
    Watcher watcher = watcher("crashmailbatch", "-i", "0.25", "-e", "TICK_5");
    watcher.hear(exited("cart", "0"));
    watcher.hear(new Notice("TICK_5", Map.of()));
    watcher.hear(TICK);
    watcher.hear(new Notice("TICK_5", Map.of()));
    assertThat(smtp.getReceivedMessages()).isEmpty();
    watcher.hear(new Notice("TICK_5", Map.of()));

    assertThat(lines(onlyMail())).hasSize(1);
  }

  @Test
  void eachMailTellsOnlyWhatIsNew() throws Exception {
    Watcher watcher = watcher("crashmailbatch", "--subject", "Oh no");
    watcher.hear(exited("cart", "0"));
    watcher.hear(TICK);
    watcher.hear(exited("till", "0"));
    watcher.hear(TICK);

    MimeMessage[] mails = smtp.getReceivedMessages();
    assertThat(mails).hasSize(2);
    assertThat(mails[1].getSubject()).isEqualTo("Oh no");
    assertThat(lines(mails[1])).singleElement().asString().contains("shop:till");
  }

  @Test
  void fatalmailbatchTellsWhatCouldNotBeStarted() throws Exception {
    Watcher watcher = watcher("fatalmailbatch");
    watcher.hear(
        Notice.of("PROCESS_STATE_FATAL", "processname:cart groupname:shop from_state:BACKOFF"));
    watcher.hear(exited("till", "0"));
    watcher.hear(TICK);

    assertThat(onlyMail().getSubject()).isEqualTo("Fatal start alert from supervisord");
    assertThat(lines(onlyMail()))
        .containsExactly(
            "2026-11-23 07:21:44,123 -- Process shop:cart failed to start too many times");
  }

  @Test
  void crashsmsIsShortAndHasNoSubject() throws Exception {
    Watcher watcher = watcher("crashsms");
    watcher.hear(exited("cart", "0"));
    watcher.hear(TICK);

    assertThat(onlyMail().getSubject()).isNull();
    assertThat(lines(onlyMail()))
        .containsExactly("[shop:cart](42) exited unexpectedly 2026-11-23 07:21:44,123");
  }

  @Test
  void theStateMonitorTellsTheStatesItIsAskedFor() throws Exception {
    Watcher watcher = watcher("process_state_email_monitor", "--states", "BACKOFF,EXITED");
    watcher.hear(exited("cart", "1"));
    watcher.hear(
        Notice.of("PROCESS_STATE_FATAL", "processname:cart groupname:shop from_state:BACKOFF"));
    watcher.hear(TICK);

    assertThat(lines(onlyMail()))
        .containsExactly(
            "2026-11-23 07:21:44,123 -- Process shop:cart changed from RUNNING to EXITED");
  }

  @Test
  void aLoginIsGivenToTheServer() throws Exception {
    smtp.setUser("me@example.com", "me", "secret");
    Watcher watcher = watcher("crashmailbatch", "-u", "me", "-p", "secret");
    watcher.hear(exited("cart", "0"));
    watcher.hear(TICK);

    assertThat(lines(onlyMail())).hasSize(1);
  }

  @Test
  void aServerThatIsDownIsToldAndForgotten() throws Exception {
    Watcher watcher =
        parsed(
            List.of(
                "crashmailbatch",
                "-t",
                "ops@example.com",
                "-f",
                "supervisord@example.com",
                "-H",
                "127.0.0.1:" + TestServer.nobody().getPort()));
    watcher.hear(exited("cart", "0"));
    watcher.hear(TICK);

    assertThat(log.text()).contains("Error sending email: ");
  }

  private Watcher watcher(String name, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                name,
                "--fromEmail=supervisord@example.com",
                "--smtpHost=127.0.0.1:" + smtp.getSmtp().getPort()));
    words.addAll(List.of(options));
    if (!words.contains("-t")) {
      words.add("--toEmail=ops@example.com");
    }
    return parsed(words);
  }

  private Watcher parsed(List<String> words) {
    return WatcherCommands.parse(words, new PrintWriter(Writer.nullWriter()))
        .orElseThrow()
        .watcher(new WatcherContext(new RecordedProcesses(), new Timestamps(CLOCK), log::println));
  }

  private static Notice exited(String name, String expected) {
    return Notice.of(
        "PROCESS_STATE_EXITED",
        "processname:%s groupname:shop from_state:RUNNING expected:%s pid:42"
            .formatted(name, expected));
  }

  /** The server keeps a copy of a mail for each recipient. */
  private MimeMessage onlyMail() {
    MimeMessage[] copies = smtp.getReceivedMessages();
    assertThat(Stream.of(copies).map(GreenMailUtil::getBody).distinct()).hasSize(1);
    return copies[0];
  }

  private static List<String> lines(MimeMessage mail) throws IOException {
    return GreenMailUtil.getBody(mail).lines().toList();
  }
}
