package ee.supervisor.output;

import static ee.supervisor.output.OutputFixture.contents;
import static ee.supervisor.output.OutputFixture.rotating;
import static ee.supervisor.output.OutputFixture.toFile;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
  @TempDir Path directory;

  @Test
  void itBegins1024BytesBeforeTheEnd() throws Exception {
    Files.writeString(log(), "x".repeat(1000) + "y".repeat(1024));

    try (LogFollower follower = follow()) {
      assertThat(readAll(follower)).isEqualTo("y".repeat(1024));
      assertThat(readAll(follower)).isEmpty();
    }
  }

  @Test
  void itIsWokenByEachWriteOfAChild() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      await().until(() -> Files.exists(log()));
      try (LogFollower follower = follow()) {
        AtomicReference<String> seen = collect(follower);
        child.say("one ");
        await().until(() -> seen.get().equals("one "));
        child.say("two");
        await().until(() -> seen.get().equals("one two"));
      }
    }
  }

  @Test
  void itIsWokenByTheActivityLog() throws Exception {
    try (OutputFixture output = new OutputFixture(directory)) {
      try (LogFollower follower =
          LogFollower.open(output.activityLog.file().orElseThrow(), LogFollower.HEAD_BYTES)) {
        AtomicReference<String> seen = collect(follower);
        output.activityLog.info("hello follower");
        await().until(() -> seen.get().endsWith("INFO hello follower\n"));
      }
    }
  }

  @Test
  void itGoesOnInTheNewFileWhenTheLogRotatesAndLosesNothing() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(rotating(log(), 10, 3))) {
      await().until(() -> Files.exists(log()));
      try (LogFollower follower = follow()) {
        AtomicReference<String> seen = collect(follower);
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < 20; i++) {
          child.say("line " + i + "\n");
          said.append("line ").append(i).append('\n');
          await().until(() -> seen.get().equals(said.toString()));
        }
      }
    }
  }

  @Test
  void whatWasWrittenBeforeARotationComesFirst() throws Exception {
    Files.writeString(log(), "old");
    try (LogFollower follower = follow()) {
      Files.writeString(log(), " older", StandardOpenOption.APPEND);
      Files.move(log(), directory.resolve("talk.log.1"));
      Files.writeString(log(), " new");

      assertThat(readAll(follower)).isEqualTo("old older new");
    }
  }

  @Test
  void aTruncatedLogIsToldAsSupervisorTellsIt() throws Exception {
    Files.writeString(log(), "something long");
    try (LogFollower follower = follow()) {
      readAll(follower);
      Files.writeString(log(), "short");

      assertThat(readAll(follower)).isEqualTo("==> File truncated <==\nshort");
    }
  }

  @Test
  void clearingALogLetsItsFollowersGoOn() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      child.say("before ");
      await().until(() -> contents(log()).equals("before "));
      try (LogFollower follower = follow()) {
        AtomicReference<String> seen = collect(follower);
        child.logs.clear();
        child.say("after");
        await().until(() -> seen.get().equals("before after"));
      }
    }
  }

  @Test
  void readingWhatIsNoFileIsRefused() {
    assertThatIOException().isThrownBy(this::follow);
  }

  @Test
  void aClosedFollowerIsNotWokenAnyMore() throws Exception {
    Files.writeString(log(), "");
    AtomicInteger wakes = new AtomicInteger();
    LogFollower follower = follow();
    follower.onReadable(Runnable::run, wakes::incrementAndGet);
    follower.close();

    FollowedLogs.changed(log());

    assertThat(wakes).hasValue(0);
  }

  @Test
  void aReaderWhoseThreadsHaveEndedHoldsUpNeitherTheLogNorOtherReaders() throws Exception {
    try (OutputFixture output = new OutputFixture(directory)) {
      Path activity = output.activityLog.file().orElseThrow();
      try (LogFollower abandoned = LogFollower.open(activity, 0);
          LogFollower follower = LogFollower.open(activity, 0)) {
        ExecutorService over = Executors.newSingleThreadExecutor();
        AtomicReference<String> seen = collect(follower);
        abandoned.onReadable(over, () -> {});
        over.shutdown();
        output.activityLog.info("one");
        output.activityLog.info("two");
        await().until(() -> seen.get().endsWith("INFO two\n"));
        await().until(() -> contents(activity).endsWith("INFO two\n"));
      }
    }
  }

  @Test
  void aThousandFollowTheSameLog() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      await().until(() -> Files.exists(log()));
      List<LogFollower> followers = new ArrayList<>();
      List<AtomicReference<String>> seen = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        LogFollower follower = follow();
        followers.add(follower);
        seen.add(collect(follower));
      }
      child.say("to all of you");

      await().until(() -> seen.stream().allMatch(text -> text.get().equals("to all of you")));
      for (LogFollower follower : followers) {
        follower.close();
      }
    }
  }

  /** Reads on whenever there is more, as a door does; what is read is appended to the result. */
  private static AtomicReference<String> collect(LogFollower follower) {
    AtomicReference<String> seen = new AtomicReference<>("");
    Runnable[] reader = new Runnable[1];
    reader[0] =
        () -> {
          try {
            String text = readAll(follower);
            seen.accumulateAndGet(text, String::concat);
            follower.onReadable(Runnable::run, reader[0]);
          } catch (IOException e) {
            seen.set(e.toString());
          }
        };
    reader[0].run();
    return seen;
  }

  private static String readAll(LogFollower follower) throws IOException {
    StringBuilder all = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(100);
    while (follower.read(buffer.clear()) > 0) {
      all.append(ISO_8859_1.decode(buffer.flip()));
    }
    return all.toString();
  }

  private LogFollower follow() throws IOException {
    return LogFollower.open(log(), LogFollower.HEAD_BYTES);
  }

  private Path log() {
    return directory.resolve("talk.log");
  }
}
