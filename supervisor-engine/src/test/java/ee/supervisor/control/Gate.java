package ee.supervisor.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A FIFO that holds a child of a test up until the test lets it go on. */
final class Gate {
  private Gate() {}

  static void make(Path fifo) {
    try {
      int status = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("mkfifo " + fifo + " failed with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void open(Path fifo) {
    try {
      Files.writeString(fifo, "go\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
