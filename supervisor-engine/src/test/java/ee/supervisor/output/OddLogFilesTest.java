package ee.supervisor.output;

import static ee.supervisor.output.OutputFixture.contents;
import static ee.supervisor.output.OutputFixture.rotating;
import static ee.supervisor.output.OutputFixture.toFile;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.LogLevel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are no files of ours: they are written, but never rotated, renamed or removed. */
class OddLogFilesTest {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @TempDir Path directory;

  @Test
  void aSocketIsWrittenByACopyOfItsDescriptor() throws Exception {
    Set<Path> before = descriptorsOf("socket:");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      before.addAll(descriptorsOf("socket:"));
      try (Socket connection = new Socket(server.getInetAddress(), server.getLocalPort())) {
        Set<Path> logs = descriptorsOf("socket:");
        logs.removeAll(before);
        try (Socket reader = server.accept();
            OutputFixture output = new OutputFixture(directory);
            PipedChild child = output.child(rotating(logs.iterator().next(), 5, 2))) {
          assertThat(connection.isConnected()).isTrue();
          child.say("something was said");
          assertThat(new String(reader.getInputStream().readNBytes(18), US_ASCII))
              .isEqualTo("something was said");
          child.exit();
        }
      }
    }
  }

  @Test
  void aSocketThatNobodyReadsHindersNobody() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Set<Path> before = descriptorsOf("socket:");
      try (Socket connection = new Socket(server.getInetAddress(), server.getLocalPort())) {
        Set<Path> logs = descriptorsOf("socket:");
        logs.removeAll(before);
        Path otherLog = directory.resolve("other.log");
        try (Socket reader = server.accept();
            OutputFixture output = new OutputFixture(directory);
            PipedChild child = output.child(toFile(logs.iterator().next()));
            PipedChild other = output.child(toFile(otherLog))) {
          assertThat(connection.isConnected() && reader.isConnected()).isTrue();
          await()
              .atMost(1, TimeUnit.MINUTES)
              .until(
                  () -> {
                    child.sayWhatFits(64 << 10);
                    return output.activity().contains("its reader does not read");
                  });
          other.say("fine").exit();
          assertThat(contents(otherLog)).isEqualTo("fine");
          child.exit();
        }
      }
    }
  }

  @Test
  void aFileByItsDescriptorSharesItsPositionAndIsNeverRotated() throws Exception {
    Path file = directory.resolve("redirected");
    try (RandomAccessFile console = new RandomAccessFile(file.toFile(), "rw");
        OutputFixture output = new OutputFixture(directory)) {
      Path log = descriptorsOf(file.toString()).iterator().next();
      try (PipedChild child = output.child(rotating(log, 5, 2))) {
        console.write("one ".getBytes(US_ASCII));
        child.say("two three ");
        await().until(() -> contents(file).equals("one two three "));
        console.write("four".getBytes(US_ASCII));
        assertThat(contents(file)).isEqualTo("one two three four");
        child.logs.clear().toCompletableFuture().get();
        child.say(" five").exit();
      }
    }
    assertThat(contents(file)).isEqualTo("one two three four five");
    try (var entries = Files.list(directory)) {
      assertThat(entries.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("redirected", "supervisord.log");
    }
  }

  @Test
  void aLinkToADescriptorIsThatDescriptor() throws Exception {
    Path file = directory.resolve("redirected");
    Path link = directory.resolve("app.log");
    try (RandomAccessFile console = new RandomAccessFile(file.toFile(), "rw");
        OutputFixture output = new OutputFixture(directory)) {
      Files.createSymbolicLink(link, descriptorsOf(file.toString()).iterator().next());
      console.write("one ".getBytes(US_ASCII));
      try (PipedChild child = output.child(rotating(link, 5, 2))) {
        child.say("two three");
        await().until(() -> contents(file).equals("one two three"));
        child.logs.clear().toCompletableFuture().get();
        child.exit();
      }
    }
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aDescriptorThatIsOnlyReadIsNotWrittenByItsName() throws Exception {
    Path file = Files.writeString(directory.resolve("a jar"), "whole");
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r");
        OutputFixture output = new OutputFixture(directory)) {
      assertThat(reader.length()).isEqualTo(5);
      try (PipedChild child =
          output.child(toFile(descriptorsOf(file.toString()).iterator().next()))) {
        child.say("lost");
        await().until(() -> output.activity().contains("(EBADF: Bad file descriptor)"));
        child.exit();
      }
    }
    assertThat(contents(file)).isEqualTo("whole");
  }

  @Test
  void aDeviceIsNeitherRotatedNorRemovedWhenItIsClearedAndReopened() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(rotating(Path.of("/dev/full"), 5, 2))) {
      child.say("no room");
      await().until(() -> output.activity().contains("(ENOSPC: No space left on device)"));
      child.logs.clear().toCompletableFuture().get();
      child.logs.reopen().toCompletableFuture().get();
      child.exit();
    }
    assertThat(Path.of("/dev/full")).exists();
    assertThat(Path.of("/dev/full.1")).doesNotExist();
  }

  @Test
  void aLinkIsRotatedAsItIsAndItsFileStays() throws Exception {
    Path file = directory.resolve("elsewhere");
    Path link = Files.createSymbolicLink(directory.resolve("app.log"), file);
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(rotating(link, 5, 2))) {
      child.say("first");
      await().until(() -> Files.isSymbolicLink(directory.resolve("app.log.1")));
      child.say("2nd").exit();
    }
    assertThat(contents(file)).isEqualTo("first");
    assertThat(link).isRegularFile();
    assertThat(contents(link)).isEqualTo("2nd");
  }

  @Test
  void aFifoInTheWayOfARotationStays() throws Exception {
    Path log = directory.resolve("app.log");
    Path fifo = directory.resolve("app.log.1");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(rotating(log, 5, 1))) {
      child.say("first");
      await().until(() -> output.activity().contains("cannot rotate " + log + " (" + fifo));
      child.exit();
    }
    assertThat(contents(log)).isEqualTo("first");
    assertThat(Files.isRegularFile(fifo)).isFalse();
  }

  @Test
  void anActivityLogWhoseFifoHasNoReaderYetBlocksNothing() throws Exception {
    Path fifo = directory.resolve("activity");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    try (ActivityLog log = ActivityLog.open(OutputFixture.settings(fifo, LogLevel.INFO))) {
      log.info("lost");
      Process reader = new ProcessBuilder("head", "-n", "1", fifo.toString()).start();
      await()
          .until(
              () -> {
                log.info("x");
                return !reader.isAlive();
              });
      assertThat(new String(reader.getInputStream().readAllBytes(), US_ASCII)).isNotEmpty();
    }
  }

  /** Those of this process that lead to what is so named. */
  private static Set<Path> descriptorsOf(String prefix) throws IOException {
    Set<Path> found = new TreeSet<>();
    try (var all = Files.list(DESCRIPTORS)) {
      for (Path each : all.toList()) {
        if (Files.isSymbolicLink(each)
            && Files.readSymbolicLink(each).toString().startsWith(prefix)) {
          found.add(each);
        }
      }
    }
    return found;
  }
}
