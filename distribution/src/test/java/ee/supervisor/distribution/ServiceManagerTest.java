package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requirement;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What supervisord tells systemd, of a unit with {@code Type=notify}. */
class ServiceManagerTest {
  /** Writes what arrives at a socket to stdout, one datagram a line. */
  private static final String SYSTEMD =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      print('bound', flush=True)
      while True:
          print(s.recv(4096).decode().replace('\\n', '|'), flush=True)
      """;

  @TempDir private Path directory;

  @Test
  @Requires(Requirement.PYTHON)
  void itIsToldOfStartLifeAndEndAndTheProgramsHearNothingOfIt() throws Exception {
    try (Tree tree = new Tree(directory)) {
      Path told = tree.file("told");
      Process systemd =
          new ProcessBuilder("python3", "-c", SYSTEMD, tree.file("n").toString())
              .redirectOutput(told.toFile())
              .start();
      try {
        await().until(() -> Files.readString(told).contains("bound"));
        tree.configure(
            """
            [program:slow]
            command = /bin/sh -c 'env > %(here)s/env; exec sleep 1000'
            readiness_check_script = /usr/bin/test -e %(here)s/go
            readiness_check_period = 0.1
            [program:manual]
            command = /bin/sleep 1000
            autostart = false
            [program:waits_for_an_operator]
            command = /bin/sleep 1000
            depends_on = manual
            """);
        Process supervisord =
            tree.startByAndAwait(
                List.of("/usr/bin/env", "NOTIFY_SOCKET=" + tree.file("n"), "WATCHDOG_USEC=400000"));
        await()
            .atMost(Tree.PATIENCE)
            .untilAsserted(
                () -> assertThat(lines(told)).anyMatch(line -> line.contains("not ready: slow")));
        assertThat(lines(told)).noneMatch(line -> line.contains("READY=1"));

        Files.createFile(tree.file("go"));
        await()
            .atMost(Tree.PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(lines(told))
                        .contains(
                            "READY=1|MAINPID="
                                + supervisord.pid()
                                + "|STATUS=1 of 3 processes running",
                            "WATCHDOG=1"));
        assertThat(tree.text("env")).doesNotContain("NOTIFY_SOCKET", "WATCHDOG_USEC");

        Tree.signal(supervisord.pid(), "HUP");
        await()
            .atMost(Tree.PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(lines(told).stream().filter(l -> l.startsWith("READY=1")))
                        .hasSize(2));
        assertThat(lines(told)).anyMatch(line -> line.startsWith("RELOADING=1|MONOTONIC_USEC="));

        Tree.signal(supervisord.pid(), "TERM");
        assertThat(Tree.exitCode(supervisord)).isZero();
        // sent before the end; who receives it may write it down a moment later
        await()
            .atMost(Tree.PATIENCE)
            .untilAsserted(() -> assertThat(lines(told)).contains("STOPPING=1|STATUS=Stopping"));
      } finally {
        systemd.destroyForcibly();
      }
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }
}
