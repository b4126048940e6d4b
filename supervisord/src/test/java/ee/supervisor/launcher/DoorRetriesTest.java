package ee.supervisor.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.output.ActivityLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorRetriesTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @TempDir Path directory;
  private Path file;
  private ActivityLog log;

  @BeforeEach
  void openLog() throws Exception {
    file = directory.resolve("activity.log");
    log =
        ActivityLog.open(
            new ActivityLog.Settings(
                LogLevel.INFO, new LogDestination.File(file.toString()), 0, 0, false));
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void whatIsInTheWayIsLoggedOnceUntilItHasPassed() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (DoorRetries retries =
        new DoorRetries(
            () -> attempts.incrementAndGet() < 4 ? Optional.of("no space") : Optional.empty(),
            log,
            AT_ONCE)) {
      retries.open();
      await().until(() -> Files.readString(file).contains("open now"));
    }
    assertThat(lines())
        .containsExactly(
            "CRIT no space (programs run on; the page and REST are tried again)",
            "WARN the page and REST are open now");
    assertThat(attempts).hasValue(4);
  }

  @Test
  void anotherReasonIsLoggedToo() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    List<Optional<String>> outcomes =
        List.of(Optional.of("no space"), Optional.of("no descriptors"), Optional.empty());
    try (DoorRetries retries =
        new DoorRetries(() -> outcomes.get(attempts.getAndIncrement()), log, AT_ONCE)) {
      retries.open();
      await().until(() -> Files.readString(file).contains("open now"));
    }
    assertThat(lines()).hasSize(3).element(1).asString().startsWith("CRIT no descriptors");
  }

  @Test
  void doorsThatOpenAtOnceAreNoNews() throws Exception {
    try (DoorRetries retries = new DoorRetries(Optional::empty, log, AT_ONCE)) {
      retries.open();
    }
    log.close();
    assertThat(file).isEmptyFile();
  }

  @Test
  void anAttemptThatTheEndMakesFailIsNoNews() throws Exception {
    AtomicReference<DoorRetries> itself = new AtomicReference<>();
    AtomicInteger attempts = new AtomicInteger();
    DoorRetries retries =
        new DoorRetries(
            () -> {
              attempts.incrementAndGet();
              itself.get().close();
              return Optional.of("event executor terminated");
            },
            log,
            AT_ONCE);
    itself.set(retries);

    retries.open();

    log.close();
    assertThat(file).isEmptyFile();
    assertThat(attempts).hasValue(1);
  }

  private List<String> lines() throws Exception {
    return Files.readAllLines(file).stream().map(line -> line.substring(24)).toList();
  }
}
