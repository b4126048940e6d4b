package ee.supervisor.ctl.terminal;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads a line from the controlling terminal without showing it. */
final class HiddenLine {
  private static final File TERMINAL = new File("/dev/tty");

  private HiddenLine() {}

  /** Whether there is a terminal that hides what is typed. */
  static boolean possible() {
    OpenOption[] both = {StandardOpenOption.READ, StandardOpenOption.WRITE};
    try {
      Files.newByteChannel(Path.of(TERMINAL.getPath()), both).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks for the line. */
  static Optional<String> read(String prompt) throws IOException {
    try (RandomAccessFile terminal = new RandomAccessFile(TERMINAL, "rw")) {
      stty("-echo");
      try {
        terminal.write(prompt.getBytes(StandardCharsets.UTF_8));
        return PlainInput.line(new FileInputStream(terminal.getFD()));
      } finally {
        stty("echo");
        terminal.write('\n');
      }
    }
  }

  private static void stty(String mode) throws IOException {
    Process stty =
        new ProcessBuilder("stty", mode)
            .redirectInput(TERMINAL)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      stty.waitFor();
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("stty " + mode).initCause(e);
    }
  }
}
