package ee.supervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's own name. */
public final class NodeName {

  private NodeName() {}

  /** As uname(2) has it: what the network calls the host is another matter. */
  public static String ofThisMachine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "localhost"; // no /proc: only what is named after the host suffers
    }
  }
}
