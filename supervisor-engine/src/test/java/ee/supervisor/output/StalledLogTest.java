package ee.supervisor.output;

import static ee.supervisor.output.OutputFixture.capturing;
import static ee.supervisor.output.OutputFixture.contents;
import static ee.supervisor.output.OutputFixture.none;
import static ee.supervisor.output.OutputFixture.toFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Channel;
import ee.supervisor.text.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thread that doesn't come back from writing a log. No disk can be made to stall everywhere, so
 * it is the listener, called in the same place, that keeps the thread.
 */
class StalledLogTest {
  @TempDir Path directory;
  private final CountDownLatch stall = new CountDownLatch(1);

  @AfterEach
  void endStall() {
    stall.countDown();
  }

  @Test
  void otherProcessesGoOn() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild stalled = stalledChild(output);
        PipedChild other = output.child(toFile(directory.resolve("other.log")))) {
      stalled.say("stalls");
      await().until(() -> output.activity().contains("ERRO the log of 'talk' stalls"));
      other.say("fine").exit();

      assertThat(contents(directory.resolve("other.log"))).isEqualTo("fine");
    }
  }

  @Test
  void nothingIsLostOrSwappedWhenItGoesOn() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild stalled = stalledChild(output)) {
      StringBuilder said = new StringBuilder("0 ");
      stalled.say("0 ");
      for (int i = 1; i < 5000; i++) {
        stalled.say(i + " ");
        said.append(i).append(' ');
        if (i == 100) {
          await().until(() -> output.activity().contains("stalls"));
        } else if (i == 3000) {
          stall.countDown();
        }
      }
      await().until(() -> output.activity().contains("goes on"));
      stalled.exit();

      assertThat(contents(log())).isEqualTo(said.toString());
      assertThat(String.join("", stalled.heard).replace("log stdout: ", ""))
          .isEqualTo(said.toString());
    }
  }

  @Test
  void theChildIsNotKeptWaitingAndWhatIsDroppedIsTold() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild stalled = stalledChild(output)) {
      stalled.say("stalls");
      long[] said = {"stalls".length()};
      await()
          .until(
              () -> {
                for (int count = 1; count > 0; said[0] += count) {
                  count = stalled.sayWhatFits(64 << 10);
                }
                return said[0] > 8 << 20;
              });
      stall.countDown();
      await().until(() -> output.activity().contains("were dropped while its log stalled"));
      stalled.exit();

      String told =
          output
              .activity()
              .replaceFirst("(?s).*WARN (\\d+) bytes of 'talk' stdout were dropped.*", "$1");
      assertThat(Files.size(log()) + Long.parseLong(told)).isEqualTo(said[0]);
    }
  }

  @Test
  void aChildThatExitsMeanwhileIsDrainedWhenItGoesOn() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild stalled = stalledChild(output)) {
      stalled.say("stalls, ");
      await().until(() -> output.activity().contains("stalls"));
      stalled.say("exits");
      var drained = stalled.streams.drainAndClose().toCompletableFuture();
      assertThat(drained).isNotDone();
      stall.countDown();
      drained.get(5, TimeUnit.SECONDS);

      assertThat(contents(log())).isEqualTo("stalls, exits");
    }
  }

  private PipedChild stalledChild(OutputFixture output) throws Exception {
    ProcessLogs logs = output.logs(capturing(log(), 0, true), none(), false);
    return new PipedChild(output.loop, logs) {
      @Override
      public void processLog(Channel channel, Bytes data, Runnable done) {
        try {
          stall.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        super.processLog(channel, data, done);
      }
    };
  }

  private Path log() {
    return directory.resolve("talk.log");
  }
}
