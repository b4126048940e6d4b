package ee.supervisor.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogHandlerTest {
  @TempDir Path directory;

  private static void write(ServerLogHandler handler, String text) {
    handler.publish(new LogRecord(Level.WARNING, text));
  }

  @Test
  void whatPayaraLogsTakesNoMoreThanSomeFilesOfASize() throws Exception {
    Path file = directory.resolve("s-payara.log");
    ServerLogHandler handler = new ServerLogHandler(file, 1000);
    handler.setFormatter(new SimpleFormatter());
    for (int i = 0; i < 30; i++) {
      write(handler, "line " + i + " " + "x".repeat(500));
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(each -> each.getFileName().toString()).sorted().toList();
      assertThat(names)
          .containsExactly("s-payara.log", "s-payara.log.1", "s-payara.log.2", "s-payara.log.3");
    }
    assertThat(file).content().contains("line 29");
    assertThat(directory.resolve("s-payara.log.1")).content().doesNotContain("line 29");
  }

  @Test
  void withNothingToSayThereIsNoFile() {
    Path file = directory.resolve("s-payara.log");
    ServerLogHandler handler = new ServerLogHandler(file, 1000);
    handler.publish(new LogRecord(Level.INFO, "all is well"));
    assertThat(file).doesNotExist();
  }

  @Test
  void aDeviceIsNotRotated() {
    ServerLogHandler handler = new ServerLogHandler(Path.of("/dev/null"), 0);
    handler.setFormatter(new SimpleFormatter());
    write(handler, "one");
    write(handler, "two");
    assertThat(Path.of("/dev/null")).exists();
  }
}
