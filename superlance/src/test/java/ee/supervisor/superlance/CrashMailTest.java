package ee.supervisor.superlance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrashMailTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T07:21:44.123Z"), ZoneOffset.UTC);

  private final RecordedMailer mailer = new RecordedMailer();

  @Test
  void anUnexpectedExitIsMailed() throws IOException {
    watcher(List.of(), Optional.empty()).hear(exited("cart", "0"));

    assertThat(mailer.mails)
        .containsExactly(
            new Mail(
                Optional.empty(),
                List.of("ops@example.com"),
                Optional.of(" cart crashed at 2026-11-23 07:21:44,123"),
                "Process cart in group shop exited unexpectedly (pid 42) from state RUNNING"));
  }

  @Test
  void anExpectedExitIsNot() throws IOException {
    watcher(List.of(), Optional.empty()).hear(exited("cart", "1"));

    assertThat(mailer.mails).isEmpty();
  }

  @Test
  void otherEventsAreNot() throws IOException {
    watcher(List.of(), Optional.empty())
        .hear(
            Notice.of("PROCESS_STATE_FATAL", "processname:cart groupname:shop from_state:BACKOFF"));

    assertThat(mailer.mails).isEmpty();
  }

  @Test
  void onlyTheNamedProcessesAreWatched() throws IOException {
    CrashMail watcher = watcher(List.of("shop:cart", "till"), Optional.empty());
    watcher.hear(exited("cart", "0"));
    watcher.hear(exited("till", "0"));
    watcher.hear(exited("other", "0"));

    assertThat(mailer.subjects()).hasSize(2);
  }

  @Test
  void thePrefixStandsBeforeTheSubject() throws IOException {
    watcher(List.of(), Optional.of("prod")).hear(exited("cart", "0"));

    assertThat(mailer.subjects()).containsExactly("prod: cart crashed at 2026-11-23 07:21:44,123");
  }

  private CrashMail watcher(List<String> programs, Optional<String> prefix) {
    return new CrashMail(
        new CrashMail.Options(programs, prefix, Optional.of("ops@example.com")),
        mailer,
        new Timestamps(CLOCK),
        new RecordedStream()::println);
  }

  private static Notice exited(String name, String expected) {
    return Notice.of(
        "PROCESS_STATE_EXITED",
        "processname:%s groupname:shop from_state:RUNNING expected:%s pid:42"
            .formatted(name, expected));
  }
}
