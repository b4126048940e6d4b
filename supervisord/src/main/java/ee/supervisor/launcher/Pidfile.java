package ee.supervisor.launcher;

import ee.supervisor.output.ActivityLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that tells others supervisord's process id for as long as it runs. */
final class Pidfile {
  private final Path path;
  private boolean written;

  Pidfile(Path path) {
    this.path = path;
  }

  /** Writes it. A supervisord without its pid file runs all the same, and says so. */
  void write(int pid, ActivityLog log) {
    try {
      Files.writeString(path, pid + "\n");
      written = true;
      log.info("supervisord started with pid " + pid);
    } catch (IOException e) {
      log.critical("could not write pidfile " + path);
    }
  }

  /** Removes it, if this process wrote it. */
  void remove() {
    if (written) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        // as the reference: a pid file that somebody made undeletable is no reason not to end
      }
    }
  }
}
