package ee.supervisor.ctl.archive;

import ee.supervisor.ctl.Supervisorctl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Does what supervisorctl usually does, so that the JVM sees which classes belong into the
 * class-data archive. Run by {@code make-archive}.
 */
public final class ArchiveTraining {

  private ArchiveTraining() {}

  /**
   * Runs.
   *
   * @param args none
   * @throws IOException if there is no port to be had on the loopback address
   */
  public static void main(String... args) throws IOException {
    Path file = Files.createTempFile("supervisord", ".conf");
    try (CannedServer server = new CannedServer()) {
      Files.writeString(
          file,
          "[supervisorctl] ; as most are\nserverurl = "
              + server.url()
              + "\nprompt = %(ENV_PATH)s\nhistory_file = %(here)s/history\n");
      for (String action :
          List.of(
              "status",
              "status --json",
              "pid web",
              "start web",
              "restart web",
              "tail web",
              "help")) {
        Supervisorctl.rehearse("-c", file.toString(), action);
      }
      Supervisorctl.rehearse("-s", server.url(), "status");
    } finally {
      Files.delete(file);
    }
    // a socket that isn't there exercises the other kind of address, and the way of errors
    Supervisorctl.rehearse("-s", "unix:///nonexistent/supervisor.sock", "status");
  }
}
