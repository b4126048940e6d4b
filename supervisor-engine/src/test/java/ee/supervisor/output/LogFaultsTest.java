package ee.supervisor.output;

import static ee.supervisor.output.OutputFixture.contents;
import static ee.supervisor.output.OutputFixture.rotating;
import static ee.supervisor.output.OutputFixture.toFile;
import static ee.supervisor.testing.Requirement.MOUNT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that can't be written: the child goes on, it is told once, and capture resumes. */
class LogFaultsTest {
  @TempDir Path directory;
  private Path logs;

  @BeforeEach
  void makeDirectory() throws IOException {
    logs = Files.createDirectory(directory.resolve("logs"));
  }

  @Test
  void aDirectoryThatVanishedIsToldOnceAndCaptureResumesWhenItIsBack() throws Exception {
    Path log = logs.resolve("talk.log");
    Files.delete(logs);
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log))) {
      for (int i = 0; i < 5; i++) {
        child.say("lost");
      }
      await().until(() -> output.activity().contains("cannot write"));
      Files.createDirectory(logs);
      await()
          .until(
              () -> {
                child.say("x");
                return Files.exists(log);
              });
      child.exit();
      await().until(() -> output.activity().contains("again"));

      assertThat(output.activity())
          .containsOnlyOnce("cannot write to " + log + " (ENOENT: No such file or directory)")
          .containsOnlyOnce("writing to " + log + " again");
    }
  }

  @Test
  void aLogRemovedUnderARunningChildIsMadeAnew() throws Exception {
    Path log = logs.resolve("talk.log");
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log))) {
      await().until(() -> Files.exists(log));
      Files.delete(log);
      await()
          .until(
              () -> {
                child.say("x");
                return Files.exists(log);
              });
    }
  }

  @Test
  @Requires(MOUNT)
  void aFullDiskIsToldOnceAndWhatWasDroppedIsCounted() throws Exception {
    mount(logs, "size=64k");
    try (OutputFixture output = new OutputFixture(directory)) {
      Path log = logs.resolve("talk.log");
      Files.write(logs.resolve("ballast"), new byte[32 << 10]);
      try (PipedChild child = output.child(toFile(log))) {
        child.sayWhatFits(60 << 10);
        await().until(() -> output.activity().contains("(ENOSPC: No space left on device)"));
        child.say("lost");
        Files.delete(logs.resolve("ballast"));
        await()
            .until(
                () -> {
                  child.say("x");
                  return output.activity().contains("again");
                });
        child.exit();

        MatchResult told =
            Pattern.compile("again, (\\d+) bytes were dropped")
                .matcher(output.activity())
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong(told.group(1))).isBetween(28L << 10, 40L << 10);
        assertThat(output.activity()).containsOnlyOnce("cannot write to");
      }
    } finally {
      unmount(logs);
    }
  }

  @Test
  void aFileThatCannotBeOpenedHindersNobody() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(logs));
        PipedChild other = output.child(toFile(directory.resolve("other.log")))) {
      child.say("into a directory").exit();
      other.say("fine").exit();

      assertThat(contents(directory.resolve("other.log"))).isEqualTo("fine");
      await()
          .until(
              () ->
                  output.activity().contains("(EISDIR: Is a directory)")
                      && output.activity().contains("16 bytes were dropped"));
    }
  }

  @Test
  void aFileThatCannotBeRotatedGrowsOn() throws Exception {
    Path log = logs.resolve("talk.log");
    Files.createDirectories(logs.resolve("talk.log.1").resolve("in the way"));
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(rotating(log, 10, 1))) {
      child.say("0123456789");
      await().until(() -> output.activity().contains("cannot rotate " + log));
      child.say("abc").exit();

      assertThat(contents(log)).isEqualTo("0123456789abc");
      assertThat(output.activity()).containsOnlyOnce("cannot rotate");
    }
  }

  @Test
  void aFifoWithoutReaderIsToldAndWrittenOnceItHasOne() throws Exception {
    Path fifo = fifo();
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(fifo))) {
      child.say("lost");
      await().until(() -> output.activity().contains("(ENXIO: No such device or address)"));
      Process reader = new ProcessBuilder("cat", fifo.toString()).start();
      await()
          .until(
              () -> {
                child.say("x");
                return output.activity().contains("again");
              });
      child.say("end").exit();

      assertThat(new String(reader.getInputStream().readAllBytes(), US_ASCII)).endsWith("xend");
    }
  }

  @Test
  void aFifoThatIsReadSlowlyLosesNothing() throws Exception {
    Path fifo = fifo();
    Process reader =
        new ProcessBuilder("sh", "-c", "exec 3< " + fifo + "; sleep 0.5; exec cat <&3").start();
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(fifo))) {
      await().until(() -> !output.activity().contains("ENXIO") || reader.isAlive());
      long[] written = {0};
      Thread flood =
          new Thread(
              () -> {
                try {
                  while (written[0] < 2 << 20) {
                    written[0] += child.sayWhatFits(64 << 10);
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      flood.start();
      long read = 0;
      try (InputStream in = reader.getInputStream()) {
        byte[] buffer = new byte[64 << 10];
        while (read < 2 << 20) {
          read += in.read(buffer);
        }
        flood.join();
        child.exit();
        read += in.readAllBytes().length;
      }

      assertThat(read).isEqualTo(written[0]);
    }
  }

  @Test
  void aFifoWhoseReaderStallsHindersNeitherItsChildNorOthers() throws Exception {
    Path fifo = fifo();
    Process reader =
        new ProcessBuilder("sh", "-c", "exec 3< " + fifo + "; exec sleep 1000").start();
    Path otherLog = directory.resolve("other.log");
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(fifo));
        PipedChild other = output.child(toFile(otherLog))) {
      long[] written = {0};
      await()
          .until(
              () -> {
                written[0] += child.sayWhatFits(64 << 10);
                return output.activity().contains("its reader does not read");
              });
      other.say("fine");
      await().atMost(2, TimeUnit.SECONDS).until(() -> contents(otherLog).equals("fine"));
      child.exit();
    } finally {
      reader.destroyForcibly();
    }
  }

  private Path fifo() throws Exception {
    Path fifo = logs.resolve("fifo");
    run("mkfifo", fifo.toString());
    return fifo;
  }

  private static void mount(Path where, String options) throws Exception {
    run("mount", "-t", "tmpfs", "-o", options, "none", where.toString());
  }

  private static void unmount(Path where) throws Exception {
    run("umount", where.toString());
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
        .as(String.join(" ", command))
        .isZero();
  }
}
