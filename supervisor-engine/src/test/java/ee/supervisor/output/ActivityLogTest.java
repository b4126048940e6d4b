package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.output.LogException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityLogTest {
  @TempDir Path directory;

  @Test
  void linesHaveSupervisorsForm() throws Exception {
    try (ActivityLog log = open(LogLevel.BLAT)) {
      log.critical("one");
      log.error("two");
      log.warn("three");
      log.info("four");
      log.debug("five");
      log.trace("six");
      log.blather("seven é");
    }

    assertThat(Files.readAllLines(file()))
        .allSatisfy(
            line -> assertThat(line).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} .*"))
        .extracting(line -> line.substring("2026-11-23 06:39:01,123 ".length()))
        .containsExactly(
            "CRIT one",
            "ERRO two",
            "WARN three",
            "INFO four",
            "DEBG five",
            "TRAC six",
            "BLAT seven é");
  }

  @Test
  void aTaskThatFailsIsToldAndTheLogGoesOn() throws Exception {
    try (ActivityLog log = open(LogLevel.INFO)) {
      CompletionStage<Void> failed =
          log.onWriter(
              () -> {
                throw new IllegalStateException("broken");
              });
      log.info("after it");

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> failed.toCompletableFuture().get(5, TimeUnit.SECONDS))
          .withMessageContaining("broken");
    }

    assertThat(Files.readString(file()))
        .contains("CRIT the activity log: uncaught java.lang.IllegalStateException: broken")
        .contains("INFO after it");
  }

  @Test
  void linesBelowTheLevelAreLeftOut() throws Exception {
    try (ActivityLog log = open(LogLevel.WARN)) {
      log.info("quiet");
      log.warn("loud");
      assertThat(log.isEnabled(LogLevel.INFO)).isFalse();
      assertThat(log.isEnabled(LogLevel.CRIT)).isTrue();
    }

    assertThat(Files.readString(file())).contains("loud").doesNotContain("quiet");
  }

  @Test
  void itRotatesAfterTheLineThatReachesMaxbytes() throws Exception {
    ActivityLog.Settings settings =
        new ActivityLog.Settings(
            LogLevel.INFO, new LogDestination.File(file().toString()), 100, 2, false);
    try (ActivityLog log = ActivityLog.open(settings)) {
      for (int i = 1; i <= 10; i++) {
        log.info("line number " + i);
      }
    }

    assertThat(messages(file())).containsExactly("line number 10");
    assertThat(messages(directory.resolve("supervisord.log.1")))
        .containsExactly("line number 7", "line number 8", "line number 9");
    assertThat(messages(directory.resolve("supervisord.log.2")))
        .containsExactly("line number 4", "line number 5", "line number 6");
    assertThat(directory.resolve("supervisord.log.3")).doesNotExist();
  }

  private static List<String> messages(Path file) throws Exception {
    return Files.readAllLines(file).stream()
        .map(line -> line.substring(line.indexOf("line")))
        .toList();
  }

  @Test
  void clearBeginsANewFile() throws Exception {
    try (ActivityLog log = open(LogLevel.INFO)) {
      log.info("old");
      log.clear().toCompletableFuture().get(5, TimeUnit.SECONDS);
      assertThat(Files.readString(file())).isEmpty();
      log.info("new");
      await().until(() -> Files.readString(file()).contains("new"));
    }
  }

  @Test
  void clearTellsWhenThereIsNoFile() throws Exception {
    try (ActivityLog log = open(LogLevel.INFO)) {
      Files.delete(file());

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> log.clear().toCompletableFuture().get(5, TimeUnit.SECONDS))
          .withCauseInstanceOf(LogException.class)
          .satisfies(
              e -> assertThat(((LogException) e.getCause()).reason()).isEqualTo(Reason.NO_FILE));
    }
  }

  @Test
  void reopenLeavesAFileThatWasMovedAlone() throws Exception {
    Path moved = directory.resolve("moved.log");
    try (ActivityLog log = open(LogLevel.INFO)) {
      log.info("old");
      await().until(() -> Files.readString(file()).contains("old"));
      Files.move(file(), moved);
      log.reopen().toCompletableFuture().get(5, TimeUnit.SECONDS);
      log.info("new");
    }

    assertThat(Files.readString(moved)).contains("old").doesNotContain("new");
    assertThat(Files.readString(file())).contains("new").doesNotContain("old");
  }

  @Test
  void itGoesOnInAnotherFileAtAnotherLevel() throws Exception {
    Path next = directory.resolve("next.log");
    try (ActivityLog log = open(LogLevel.INFO)) {
      log.info("old");
      log.reconfigure(OutputFixture.settings(next, LogLevel.WARN));
      log.info("too quiet");
      log.warn("new");
      assertThat(log.file()).hasValue(next);
    }

    assertThat(Files.readString(file())).contains("old").doesNotContain("new");
    assertThat(Files.readString(next)).contains("new").doesNotContain("quiet");
  }

  @Test
  void itStaysAsItIsWhenTheNextFileCannotBeOpened() throws Exception {
    try (ActivityLog log = open(LogLevel.INFO)) {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> log.reconfigure(OutputFixture.settings(directory, LogLevel.WARN)));
      log.info("still here");
    }

    assertThat(Files.readString(file())).contains("still here");
  }

  @Test
  void theSameFileGoesOnWithAnotherLimit() throws Exception {
    try (ActivityLog log = open(LogLevel.INFO)) {
      log.info("line number 1");
      log.reconfigure(
          new ActivityLog.Settings(
              LogLevel.INFO, new LogDestination.File(file().toString()), 100, 1, false));
      for (int i = 2; i <= 4; i++) {
        log.info("line number " + i);
      }
    }

    assertThat(messages(directory.resolve("supervisord.log.1")))
        .containsExactly("line number 1", "line number 2", "line number 3");
    assertThat(messages(file())).containsExactly("line number 4");
  }

  @Test
  void aFileThatCannotBeOpenedIsAnErrorOfTheConfiguration() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ActivityLog.open(OutputFixture.settings(directory, LogLevel.INFO)))
        .withMessage("could not open the log file " + directory + ": Is a directory");
  }

  @Test
  void aReaderThatStallsNeverBlocksWhoeverLogs() throws Exception {
    Path fifo = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", fifo.toString()).start();
    try {
      ActivityLog.Settings settings = OutputFixture.settings(fifo, LogLevel.INFO);
      ActivityLog[] opened = new ActivityLog[1];
      await()
          .ignoreExceptions()
          .until(
              () -> {
                opened[0] = ActivityLog.open(settings);
                return true;
              });
      try (ActivityLog log = opened[0]) {
        log.info("to read");
        String line = "x".repeat(1000);
        for (int i = 0; i < 50_000; i++) {
          log.info(line);
        }
        byte[] some = new byte[1 << 16];
        StringBuilder read = new StringBuilder();
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(
                () -> {
                  log.info("more");
                  int count = reader.getInputStream().read(some);
                  read.append(new String(some, 0, count, US_ASCII));
                  int unseen = Math.max(0, read.length() - count - 100);
                  return read.indexOf("lines were dropped", unseen) >= 0;
                });
      }
    } finally {
      reader.destroyForcibly();
    }
  }

  private ActivityLog open(LogLevel level) throws ConfigException {
    return ActivityLog.open(OutputFixture.settings(file(), level));
  }

  private Path file() {
    return directory.resolve("supervisord.log");
  }
}
