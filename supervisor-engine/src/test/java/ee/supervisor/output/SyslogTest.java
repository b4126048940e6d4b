package ee.supervisor.output;

import static ee.supervisor.testing.Requirement.PYTHON;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requires(PYTHON)
class SyslogTest {
  private static final String STAMP = "<14>[A-Z][a-z]{2} [ 1-3]\\d \\d\\d:\\d\\d:\\d\\d ";

  @TempDir Path directory;

  @Test
  void eachLineIsAMessageOfItsOwn() throws Exception {
    try (SyslogServer server = new SyslogServer();
        Syslog syslog = new Syslog(socket())) {
      syslog.sendLines("talk ", "one\n\ntwo\n".getBytes(US_ASCII));

      await().until(() -> server.messages().length >= 3);
      assertThat(server.messages())
          .satisfiesExactly(
              message -> assertThat(message).matches(STAMP + "supervisord: talk one"),
              message -> assertThat(message).matches(STAMP + "supervisord: talk "),
              message -> assertThat(message).matches(STAMP + "supervisord: talk two"));
    }
  }

  @Test
  void aLongLineIsSentInParts() throws Exception {
    try (SyslogServer server = new SyslogServer();
        Syslog syslog = new Syslog(socket())) {
      syslog.sendLines("", "x".repeat(20_000).getBytes(US_ASCII));

      await().until(() -> server.messages().length >= 3);
      assertThat(server.messages()).hasSize(3);
      assertThat(String.join("", server.messages()).replaceAll("[^x]", "")).hasSize(20_000);
    }
  }

  @Test
  void aSyslogThatIsRestartedIsFoundAgain() throws Exception {
    try (Syslog syslog = new Syslog(socket())) {
      try (SyslogServer first = new SyslogServer()) {
        syslog.sendLines("", "to the first".getBytes(US_ASCII));
        await().until(() -> first.messages().length == 1);
      }
      syslog.sendLines("", "to nobody".getBytes(US_ASCII));
      try (SyslogServer second = new SyslogServer()) {
        syslog.sendLines("", "to the second".getBytes(US_ASCII));

        await().until(() -> second.messages().length == 1);
        assertThat(second.messages()[0]).endsWith("to the second");
      }
    }
  }

  private Path socket() {
    return directory.resolve("log");
  }

  /** Writes what it receives into a file, each message on a line of its own. */
  private final class SyslogServer implements AutoCloseable {
    private final Path received = Files.createTempFile(directory, "received", ".txt");
    private final Process process;

    SyslogServer() throws Exception {
      Files.deleteIfExists(socket());
      String program =
          """
          import socket, sys
          s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
          s.bind(sys.argv[1])
          while True:
              with open(sys.argv[2], 'ab') as f: f.write(s.recv(65536) + b'\\n')
          """;
      process =
          new ProcessBuilder("python3", "-c", program, socket().toString(), received.toString())
              .inheritIO()
              .start();
      await().until(() -> Files.exists(socket()));
    }

    String[] messages() throws Exception {
      String text = Files.readString(received);
      return text.isEmpty() ? new String[0] : text.split("\n");
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
