package ee.supervisor.process;

import ee.supervisor.config.FcgiSocket;
import ee.supervisor.config.SocketOwner;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.ListeningSocket;
import ee.supervisor.posix.PermissionBits;
import ee.supervisor.posix.PromptThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The listening socket of a FastCGI group: open as long as a process of the group has it (manual:
 * "[fcgi-program:x] Section Settings"). Safe for all threads, but each call may wait for a file
 * system or a name service: never on the control loop.
 */
final class SharedSocket {
  private static final String UNIX = "unix://";
  private static final int SOMAXCONN = 4096;

  private final FcgiSocket config;
  private final ActivityLog log;
  private Optional<Fd> open = Optional.empty();
  private int users;

  /**
   * Makes sure that the socket can be opened, and closes it again.
   *
   * @throws IllegalStateException in Supervisor's words when it cannot
   */
  SharedSocket(FcgiSocket config, ActivityLog log) {
    this.config = config;
    this.log = log;
    try {
      acquire();
      release();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Could not create FastCGI socket " + config.url() + ": " + e.getMessage(), e);
    }
  }

  /** The socket, opened for the first who asks. To be given back by {@link #release}. */
  synchronized Fd acquire() throws IOException {
    PromptThread.assertNotOn("socket", config.url());
    if (open.isEmpty()) {
      log.info("Creating socket " + config.url());
      open = Optional.of(listen());
    }
    users++;
    return open.get();
  }

  /** Gives the socket back; the last one closes it. Returns whether that was so. */
  synchronized boolean release() {
    users--;
    if (users == 0) {
      log.info("Closing socket " + config.url());
      open.ifPresent(Fd::close);
      open = Optional.empty();
    }
    return users == 0;
  }

  private Fd listen() throws IOException {
    int backlog = config.backlog().orElse(SOMAXCONN);
    if (!config.url().startsWith(UNIX)) {
      URI uri = URI.create(config.url());
      return ListeningSocket.tcp(new InetSocketAddress(uri.getHost(), uri.getPort()), backlog);
    }
    Path path = Path.of(config.url().substring(UNIX.length()));
    Files.deleteIfExists(path);
    boolean entrusted = false;
    Fd socket = ListeningSocket.unix(path, backlog);
    try {
      entrust(path);
      entrusted = true;
      return socket;
    } finally {
      if (!entrusted) {
        socket.close();
        Files.deleteIfExists(path);
      }
    }
  }

  private void entrust(Path path) throws IOException {
    SocketOwner owner = config.owner().orElse(SocketOwner.UNCHANGED);
    if (owner.uid() >= 0) {
      Files.setAttribute(path, "unix:uid", owner.uid());
    }
    if (owner.gid() >= 0) {
      Files.setAttribute(path, "unix:gid", owner.gid());
    }
    if (config.mode().isPresent()) {
      Files.setPosixFilePermissions(path, PermissionBits.of(config.mode().getAsInt()));
    }
  }
}
