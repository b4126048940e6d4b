package ee.supervisor.launcher;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.control.Engine;
import ee.supervisor.launcher.payara.InstanceDirectory;
import ee.supervisor.launcher.payara.PayaraException;
import ee.supervisor.launcher.payara.PayaraInstallation;
import ee.supervisor.launcher.payara.PayaraServer;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.NoMoreDirectories;
import ee.supervisor.relay.Relay;
import ee.supervisor.relay.SocketFile;
import ee.supervisor.tls.ServerKey;
import ee.supervisor.tls.ServerKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Brings up the configured servers around a running engine: takes their addresses at once, has
 * Payara serve them as soon as it can, and moves them when a restart brings other ones.
 */
final class DoorOpener {
  private final ActivityLog log;
  private final Path home;
  private final List<Path> parents;
  private List<HttpServerConfig> servers;
  private Optional<ServerKey> key;
  private OpenedServers reserved;
  private PayaraServer payara;
  private Optional<Relay> relay = Optional.empty();
  private volatile Throwable failure;

  /** Made before Payara boots, which takes seconds: {@link #close} may come amid that. */
  private Optional<InstanceDirectory> directory = Optional.empty();

  private boolean closed;

  private DoorOpener(
      List<HttpServerConfig> servers,
      Optional<ServerKey> key,
      OpenedServers reserved,
      ActivityLog log,
      Path home,
      List<Path> parents) {
    this.servers = servers;
    this.key = key;
    this.reserved = reserved;
    this.log = log;
    this.home = home;
    this.parents = parents;
  }

  /**
   * Takes the addresses; nobody answers on them yet.
   *
   * @param home where supervisord is installed
   * @param parents directories to try, in order, for Payara's files
   * @throws UsageException in Supervisor's words when one cannot be had
   */
  static DoorOpener reserve(
      List<HttpServerConfig> servers, ActivityLog log, Path home, List<Path> parents)
      throws UsageException {
    return new DoorOpener(servers, key(servers), OpenedServers.open(servers), log, home, parents);
  }

  /** The key of the TCP server, if that has one; read while nothing has been started yet. */
  private static Optional<ServerKey> key(List<HttpServerConfig> servers) throws UsageException {
    for (HttpServerConfig server : servers) {
      if (server instanceof HttpServerConfig.Inet inet && inet.tls().isPresent()) {
        HttpServerConfig.Tls files = inet.tls().get();
        try {
          return Optional.of(ServerKey.read(files.certfile(), files.keyfile()));
        } catch (ServerKeyException e) {
          throw new UsageException(e.getMessage() + " in section '" + inet.section() + "'", e);
        }
      }
    }
    return Optional.empty();
  }

  /** Boots Payara and serves. When that fails, the engine is told to stop: see {@link #failure}. */
  void open(Engine engine) {
    try {
      PayaraServer booted =
          PayaraServer.boot(
              new PayaraInstallation(
                  home.resolve("lib/payara-boot.jar"), home.resolve("lib/doors")),
              makeDirectory(),
              payaraLog());
      synchronized (this) {
        payara = booted;
        serve();
      }
    } catch (PayaraException | IOException e) {
      fail(e, engine);
    }
  }

  private synchronized InstanceDirectory makeDirectory() throws IOException {
    if (closed) {
      throw new IOException("supervisord has ended");
    }
    directory = Optional.of(InstanceDirectory.create(parents));
    return directory.get();
  }

  private synchronized void fail(Exception e, Engine engine) {
    if (!closed) {
      failure = e;
      log.critical(e.getMessage());
      engine.terminate();
    }
  }

  private synchronized void serve() throws PayaraException, IOException {
    payara.serve(servers, key);
    Optional<SocketFile> socket = reserved.takeSocketFile();
    if (socket.isPresent()) {
      relay = Optional.of(new Relay(socket.get(), payara.relayPort()));
      relay.get().start();
    }
    reserved.close();
  }

  /**
   * Serves {@code next} instead, if that is different.
   *
   * @throws UsageException when an address cannot be had
   */
  synchronized void move(List<HttpServerConfig> next) throws UsageException {
    Optional<ServerKey> nextKey = key(next);
    if (next.equals(servers) && nextKey.equals(key)) {
      return;
    }
    try {
      if (payara != null) {
        payara.serve(List.of(), Optional.empty());
      }
      closeRelay();
      reserved.close();
      reserved = OpenedServers.open(next);
      servers = next;
      key = nextKey;
      if (payara != null) {
        serve();
      }
    } catch (PayaraException | IOException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Why the doors could not be opened, if they could not. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Takes away what the doors have in the file system. */
  synchronized void close() {
    closed = true;
    try {
      closeRelay();
      reserved.close();
      if (directory.isPresent()) {
        directory.get().delete();
      }
    } catch (IOException e) {
      log.warn("left behind: " + e.getMessage());
    }
  }

  /**
   * Lets go of the name of Payara's directory; to be called after all else, just before the JVM
   * ends. Where Payara is amid its boot it would make the directory anew until the very end.
   */
  synchronized void leave() {
    try {
      if (directory.isPresent()) {
        if (payara == null) {
          NoMoreDirectories.enforce();
        }
        directory.get().leave();
      }
    } catch (IOException e) {
      // the log is closed; the next run finds it and removes it
    }
  }

  private void closeRelay() throws IOException {
    if (relay.isPresent()) {
      relay.get().close();
      relay = Optional.empty();
    }
  }

  /** Beside the activity log, if that is a file of its own. */
  private Path payaraLog() {
    return log.file()
        .filter(Files::isRegularFile)
        .map(
            file ->
                file.resolveSibling(withoutSuffix(file.getFileName().toString()) + "-payara.log"))
        .orElse(Path.of("/dev/null"));
  }

  private static String withoutSuffix(String name) {
    return name.endsWith(".log") ? name.substring(0, name.length() - ".log".length()) : name;
  }
}
