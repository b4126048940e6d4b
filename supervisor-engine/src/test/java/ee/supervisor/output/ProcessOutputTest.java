package ee.supervisor.output;

import static ee.supervisor.output.OutputFixture.auto;
import static ee.supervisor.output.OutputFixture.capturing;
import static ee.supervisor.output.OutputFixture.contents;
import static ee.supervisor.output.OutputFixture.none;
import static ee.supervisor.output.OutputFixture.rotating;
import static ee.supervisor.output.OutputFixture.toFile;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.LogLevel;
import ee.supervisor.text.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessOutputTest {
  private static final String BEGIN = "<!--XSUPERVISOR:BEGIN-->";
  private static final String END = "<!--XSUPERVISOR:END-->";

  @TempDir Path directory;

  @Test
  void everyByteGoesToTheLogUnchanged() throws Exception {
    byte[] all = new byte[512];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      child.say(all).exit();

      assertThat(Files.readAllBytes(log())).isEqualTo(all);
    }
  }

  @Test
  void stdoutAndStderrHaveLogsOfTheirOwn() throws Exception {
    Path errors = directory.resolve("talk.err");
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child =
            new PipedChild(output.loop, output.logs(toFile(log()), toFile(errors), false))) {
      child.say("fine\n").complain("bad\n").exit();

      assertThat(contents(log())).isEqualTo("fine\n");
      assertThat(contents(errors)).isEqualTo("bad\n");
    }
  }

  @Test
  void outputIsLoggedWhileTheChildRuns() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      child.say("one ");
      await().until(() -> contents(log()).equals("one "));
      child.say("two");
      await().until(() -> contents(log()).equals("one two"));
    }
  }

  @Test
  void theNextRunAppendsToTheSameLog() throws Exception {
    try (OutputFixture output = new OutputFixture(directory)) {
      ProcessLogs logs = output.logs(toFile(log()), none(), false);
      try (PipedChild first = new PipedChild(output.loop, logs)) {
        first.say("first\n").exit();
      }
      try (PipedChild second = new PipedChild(output.loop, logs)) {
        second.say("second\n").exit();
      }

      assertThat(contents(log())).isEqualTo("first\nsecond\n");
    }
  }

  @Test
  void aLogRotatesAfterTheWriteThatReachesMaxbytes() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(rotating(log(), 250, 2))) {
      for (int i = 1; i <= 9; i++) {
        String written = ("" + i).repeat(100);
        child.say(written);
        // One write, one read: what is in the pipe together is logged together.
        int count = i;
        await().until(() -> anyLogEndsWith("" + count, count));
      }
      child.exit();

      assertThat(contents(log())).isEmpty();
      assertThat(contents(numbered(1)))
          .isEqualTo("7".repeat(100) + "8".repeat(100) + "9".repeat(100));
      assertThat(contents(numbered(2)))
          .isEqualTo("4".repeat(100) + "5".repeat(100) + "6".repeat(100));
      assertThat(numbered(3)).doesNotExist();
    }
  }

  private boolean anyLogEndsWith(String end, int count) throws Exception {
    return contents(count % 3 == 0 ? numbered(1) : log()).endsWith(end);
  }

  @Test
  void withoutBackupsALogBeginsAnewAtMaxbytes() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(rotating(log(), 10, 0))) {
      child.say("0123456789");
      await().until(() -> Files.exists(log()) && Files.size(log()) == 0);
      child.say("abc").exit();

      assertThat(contents(log())).isEqualTo("abc");
      assertThat(numbered(1)).doesNotExist();
    }
  }

  @Test
  void aFloodRotatesAsOftenAsSupervisorWould() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(rotating(log(), 1000, 100))) {
      child.sayWhatFits(64 << 10);
      child.exit();
      try (var files = Files.list(directory)) {
        assertThat(files.filter(file -> file.toString().contains("talk.log.")))
            .isNotEmpty()
            .allSatisfy(file -> assertThat(Files.size(file)).isLessThanOrEqualTo(128 << 10));
      }
    }
  }

  @Test
  void anAutoLogHasSupervisorsNameAndIsPrivate() throws Exception {
    try (OutputFixture output = new OutputFixture(directory)) {
      ProcessLogs logs = output.logs(auto(), auto(), false);

      assertThat(logs.stdoutFile().orElseThrow().getFileName().toString())
          .matches("talk-stdout---supervisor-[a-z0-9_]{8}\\.log");
      assertThat(logs.stderrFile().orElseThrow().getFileName().toString())
          .matches("talk-stderr---supervisor-[a-z0-9_]{8}\\.log");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(logs.stdoutFile().orElseThrow())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void reopenBeginsANewFileUnderTheNameOfOneThatWasMoved() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      child.say("old");
      await().until(() -> contents(log()).equals("old"));
      Files.move(log(), numbered(7));
      child.logs.reopen().toCompletableFuture().get(5, TimeUnit.SECONDS);
      child.say("new").exit();

      assertThat(contents(numbered(7))).isEqualTo("old");
      assertThat(contents(log())).isEqualTo("new");
    }
  }

  @Test
  void clearEmptiesTheLogOfARunningChild() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      child.say("old");
      await().until(() -> contents(log()).equals("old"));
      child.logs.clear().toCompletableFuture().get(5, TimeUnit.SECONDS);
      assertThat(contents(log())).isEmpty();
      child.say("new").exit();

      assertThat(contents(log())).isEqualTo("new");
    }
  }

  @Test
  void clearEmptiesTheLogOfAChildThatIsNotRunning() throws Exception {
    Files.writeString(log(), "old");
    try (OutputFixture output = new OutputFixture(directory)) {
      ProcessLogs logs = output.logs(toFile(log()), toFile(numbered(9)), false);
      logs.clear().toCompletableFuture().get(5, TimeUnit.SECONDS);

      assertThat(contents(log())).isEmpty();
      assertThat(numbered(9)).as("a log that never was").doesNotExist();
    }
  }

  @Test
  void communicationIsAnEventAndNotLogged() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(capturing(log(), 1000, false))) {
      child
          .say("before" + BEGIN + "secret" + END + "and enough text behind it to be let go")
          .exit();

      assertThat(child.heard).containsExactly("comm stdout: secret");
      assertThat(contents(log())).isEqualTo("beforeand enough text behind it to be let go");
    }
  }

  @Test
  void whatIsHeldAsAPossibleTokenIsLostAtExitAsInSupervisor() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(capturing(log(), 1000, false))) {
      child.say("before" + BEGIN + "secret" + END + "after").exit();

      assertThat(contents(log())).isEqualTo("before");
    }
  }

  @Test
  void logEventsCarryTheOutputTooWhatIsCapturedIncluded() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(capturing(log(), 1000, true))) {
      child.say("some text" + BEGIN + "secret" + END).exit();

      assertThat(child.heard)
          .containsExactly("log stdout: some text", "log stdout: secret", "comm stdout: secret");
    }
  }

  @Test
  void atLevelDebugOutputGoesToTheActivityLogToo() throws Exception {
    try (OutputFixture output = new OutputFixture(directory, LogLevel.DEBG, false);
        PipedChild child = output.child(toFile(log()))) {
      child.say("hello\n").exit();

      await().until(() -> output.activity().contains("DEBG 'talk' stdout output:\nhello\n\n"));
    }
  }

  @Test
  void outputThatIsNoTextIsToldAsUndecodable() throws Exception {
    try (OutputFixture output = new OutputFixture(directory, LogLevel.DEBG, false);
        PipedChild child = output.child(toFile(log()))) {
      child.say("a\u00ffb'\n").exit();

      await()
          .until(
              () ->
                  output
                      .activity()
                      .contains("'talk' stdout output:\nUndecodable: b\"a\\xffb'\\n\"\n"));
    }
  }

  @Test
  void escapeSequencesAreStrippedFromLogsAndEvents() throws Exception {
    try (OutputFixture output = new OutputFixture(directory, LogLevel.INFO, true);
        PipedChild child = output.child(capturing(log(), 0, true))) {
      child.say("\u001b[1mbold\u001b[0m text").exit();

      assertThat(contents(log())).isEqualTo("bold text");
      assertThat(child.heard).containsExactly("log stdout: bold text");
    }
  }

  @Test
  void whatAnEventListenerWritesIsProtocolAndLogged() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = new PipedChild(output.loop, output.logs(toFile(log()), none(), true))) {
      child.say("READY\n").exit();

      assertThat(child.heard).containsExactly("protocol: READY\n");
      assertThat(contents(log())).isEqualTo("READY\n");
    }
  }

  @Test
  void aChildThatClosesItsOutputCanStillBeSpokenTo() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      child.say("bye").closeOutput();
      assertThat(write(child, "hello")).isTrue();

      assertThat(child.listen(5)).isEqualTo("hello");
      await().until(() -> contents(log()).equals("bye"));
    }
  }

  @Test
  void stdinTakesMoreThanItsPipeHolds() throws Exception {
    String text = "0123456789".repeat(50_000);
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(none())) {
      assertThat(write(child, text)).isTrue();
      assertThat(write(child, "end")).isTrue();

      assertThat(child.listen(text.length() + 3)).isEqualTo(text + "end");
    }
  }

  @Test
  void writingToAChildThatClosedItsStdinIsRefused() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(none())) {
      child.closeStdin();

      assertThat(write(child, "hello")).isFalse();
      assertThat(write(child, "hello")).isFalse();
    }
  }

  @Test
  void aChildThatNeverReadsCannotFillOurMemory() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(none())) {
      Bytes megabyte = Bytes.copyOf(new byte[1 << 20]);
      for (int i = 0; i < 16; i++) {
        child.streams.writeStdin(megabyte);
      }

      assertThat(child.streams.writeStdin(megabyte).toCompletableFuture())
          .failsWithin(5, TimeUnit.SECONDS)
          .withThrowableThat()
          .withMessageContaining("'talk' stdin");
    }
  }

  @Test
  void aFloodThatNobodyTakesIsLeftInThePipe() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(capturing(log(), 0, true))) {
      child.holding = true;
      long accepted = flood(child);
      assertThat(accepted).isLessThan(4 << 20);

      child.release();
      await().until(() -> Files.size(log()) == accepted);
      assertThat(child.heard.stream().mapToLong(text -> text.length() - "log stdout: ".length()))
          .satisfies(
              lengths ->
                  assertThat(lengths.stream().mapToLong(Number::longValue).sum())
                      .isEqualTo(accepted));
    }
  }

  /** Writes until the pipe has been full for a while; returns how many bytes that took. */
  private static long flood(PipedChild child) throws Exception {
    long[] accepted = {0};
    await()
        .during(300, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              int count = child.sayWhatFits(64 << 10);
              accepted[0] += count;
              return count == 0;
            });
    return accepted[0];
  }

  @Test
  void aGrandchildThatHoldsThePipeDoesNotHinderTheEnd() throws Exception {
    try (OutputFixture output = new OutputFixture(directory);
        PipedChild child = output.child(toFile(log()))) {
      child.say("last words").exit();

      assertThat(contents(log())).isEqualTo("last words");
    }
  }

  private static boolean write(PipedChild child, String text) throws Exception {
    return child
        .streams
        .writeStdin(Bytes.copyOf(text.getBytes(ISO_8859_1)))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private Path log() {
    return directory.resolve("talk.log");
  }

  private Path numbered(int number) {
    return directory.resolve("talk.log." + number);
  }
}
