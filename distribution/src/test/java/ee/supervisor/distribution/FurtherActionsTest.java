package ee.supervisor.distribution;

import static ee.supervisor.testing.Requirement.PYTHON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What supervisorctl has beyond Supervisor's, at a whole supervisord and on a terminal. */
@Requires(PYTHON)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FurtherActionsTest {
  private Tree tree;

  /** What a run left. */
  private record Result(int exit, String out) {}

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    tree = new Tree(directory);
    tree.configure(
        """
        [program:one]
        command = /bin/sh -c 'echo one begins; echo one complains >&2; exec sleep 1000'
        startsecs = 0
        [program:two]
        command = /bin/sh -c 'while :; do echo two says; sleep 0.1; done'
        startsecs = 0
        [program:three]
        command = /bin/sh -c 'while :; do echo three says; sleep 0.1; done'
        startsecs = 0
        [program:broken]
        command = /bin/sh -c 'echo no such thing as a file >&2; exit 3'
        startretries = 0
        autostart = false
        [program:needy]
        command = /bin/sleep 600
        depends_on = broken
        autostart = false
        [supervisorctl]
        serverurl = http://127.0.0.1:%d
        """
            .formatted(tree.port()));
    tree.startAndAwait();
    tree.awaitPage();
  }

  @AfterAll
  void stop() throws IOException {
    tree.close();
  }

  private List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Tree.program("supervisorctl").toString(),
                "-c",
                tree.file("supervisord.conf").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Result ctl(String... arguments) throws Exception {
    Process process = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(Tree.exitCode(process), out);
  }

  @Test
  void describeTellsAllIncludingWhyItEnded() throws Exception {
    assertThat(ctl("start", "broken").exit()).isEqualTo(7);
    await()
        .untilAsserted(
            () ->
                assertThat(ctl("describe", "broken").out())
                    .startsWith("broken  FATAL\n")
                    .contains("restarts")
                    .contains("command")
                    .contains("exited: broken (exit status 3; not expected)")
                    .contains("last lines of stderr\n    no such thing as a file"));
    assertThat(ctl("describe", "one").out()).contains("processor", "memory", "MB");
    assertThat(ctl("describe", "nobody").exit()).isEqualTo(4);
  }

  @Test
  void logsOfSeveralProgramsComeWithTheirNames() throws Exception {
    await()
        .untilAsserted(
            () ->
                assertThat(ctl("logs", "one", "two").out())
                    .contains("one | one begins\n", "one ! one complains\n", "two | two says\n"));
    assertThat(ctl("logs", "--stdout", "one").out()).isEqualTo("one | one begins\n");
    assertThat(ctl("logs", "-n", "1", "--stdout", "two").out()).isEqualTo("two | two says\n");
    assertThat(ctl("logs", "--color=always", "--stdout", "one").out()).contains("\u001b[");
    assertThat(ctl("logs", "nobody").exit()).isEqualTo(1);
    assertThat(ctl("logs").exit()).isEqualTo(2);
  }

  @Test
  void eventsTellWhatHappens() throws Exception {
    Process follower =
        new ProcessBuilder(command("events", "-f", "PROCESS_STATE"))
            .redirectErrorStream(true)
            .redirectOutput(tree.file("events").toFile())
            .start();
    try {
      await()
          .atMost(Tree.PATIENCE)
          .until(
              () -> {
                ctl("restart", "one");
                return tree.text("events").contains("PROCESS_STATE_RUNNING one");
              });
    } finally {
      follower.destroyForcibly();
    }
    assertThat(ctl("events").out()).contains("PROCESS_STATE_STOPPED one from:STOPPING pid:");
    assertThat(ctl("events", "--json").out()).contains("\"type\":\"PROCESS_STATE_STOPPED\"");
    assertThat(ctl("events", "NO_SUCH_TYPE").exit()).isEqualTo(2);
  }

  @Test
  void waitEndsWhenThereIsNothingToWaitForAnyMore() throws Exception {
    assertThat(ctl("wait", "one", "two", "--for", "ready"))
        .isEqualTo(new Result(0, "one: ready\ntwo: ready\n"));
    assertThat(ctl("wait", "one", "--for", "exited", "--timeout", "1").exit()).isEqualTo(1);
    ctl("start", "broken");
    assertThat(ctl("wait", "broken", "--for", "running", "--timeout", "60"))
        .isEqualTo(new Result(3, "broken: ERROR (FATAL)\n"));
    assertThat(ctl("wait", "broken", "--for", "exited").exit()).isZero();
    assertThat(ctl("wait", "nobody").exit()).isEqualTo(4);
    assertThat(ctl("wait", "one", "--for", "ever").exit()).isEqualTo(2);
  }

  @Test
  void aFailedStartShowsWhyOnATerminalOnly() throws Exception {
    assertThat(ctl("start", "broken").out()).isEqualTo("broken: ERROR (spawn error)\n");
    try (Terminal terminal = new Terminal("start", "broken")) {
      terminal.sees("broken: ERROR (spawn error)");
      terminal.sees("stderr | ");
      terminal.sees("no such thing as a file");
    }
    try (Terminal terminal = new Terminal("start", "needy")) {
      terminal.sees("needy: ERROR (spawn error)");
      terminal.sees("waits for broken to be running (it is FATAL)");
    }
  }

  @Test
  void topShowsAllStopsByKeyAndLeavesTheTerminalAsItWas() throws Exception {
    assertThat(ctl("top", "one").out()).contains("NAME", "MEMORY", "one", "RUNNING");
    try (Terminal terminal = new Terminal("top")) {
      terminal.sees("\u001b[?1049h");
      // drawn where nothing was before: what changes later comes in pieces
      terminal.sees("RUNNING");
      terminal.type("/three\rxy");
      await().atMost(Tree.PATIENCE).until(() -> ctl("status", "three").out().contains("STOPPED"));
      terminal.type("l");
      terminal.sees("three says");
      terminal.type("q");
      terminal.type("q");
      terminal.sees("\u001b[?1049l");
      assertThat(terminal.exitCode()).isZero();
    }
  }

  @Test
  void topGivesTheTerminalBackWhenASignalEndsIt() throws Exception {
    try (Terminal terminal = new Terminal("top")) {
      terminal.sees("RUNNING");
      terminal.signalProgram();
      terminal.sees("\u001b[?1049l");
    }
  }

  /** A terminal with supervisorctl on it. */
  private final class Terminal implements AutoCloseable {
    private final Process process;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private int seen;

    Terminal(String... arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of("python3"));
      command.add(
          Path.of("../supervisorctl/src/test/resources/pty_bridge.py").toAbsolutePath().toString());
      command.addAll(command(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("TERM", "xterm-256color");
      process = builder.start();
      Thread reader = new Thread(this::read, "terminal");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try {
        process.getInputStream().transferTo(shown);
      } catch (IOException e) {
        shown.writeBytes(("gone: " + e).getBytes(UTF_8));
      }
    }

    void type(String keys) throws IOException {
      process.getOutputStream().write(keys.getBytes(UTF_8));
      process.getOutputStream().flush();
    }

    void sees(String text) {
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(shown.toString(UTF_8).substring(seen)).contains(text));
      seen = shown.toString(UTF_8).indexOf(text, seen) + text.length();
    }

    void signalProgram() {
      process.descendants().forEach(ProcessHandle::destroy);
    }

    int exitCode() throws InterruptedException {
      return Tree.exitCode(process);
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
