package ee.supervisor.launcher;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.launcher.payara.PayaraException;
import ee.supervisor.launcher.payara.PayaraInstallation;
import ee.supervisor.launcher.payara.PayaraServer;
import ee.supervisor.launcher.payara.PayaraSurroundings;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.DescriptorPath;
import ee.supervisor.relay.Relay;
import ee.supervisor.relay.SocketFile;
import ee.supervisor.tls.ServerKey;
import ee.supervisor.tls.ServerKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings up the configured servers around a running engine: takes their addresses at once, has
 * Payara serve them as soon as it can, and moves them when a restart brings other ones.
 */
final class DoorOpener {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final ActivityLog log;
  private final Path home;
  private List<HttpServerConfig> servers;
  private Optional<ServerKey> key;
  private OpenedServers reserved;
  private PayaraServer payara;
  private final DoorRetries retries;
  private Optional<Relay> relay = Optional.empty();

  private DoorOpener(
      List<HttpServerConfig> servers,
      Optional<ServerKey> key,
      OpenedServers reserved,
      ActivityLog log,
      Path home) {
    this.servers = servers;
    this.key = key;
    this.reserved = reserved;
    this.log = log;
    this.home = home;
    retries = new DoorRetries(this::tryToOpen, log, FIRST_PAUSE);
  }

  /**
   * Takes the addresses; nobody answers on them yet.
   *
   * @throws UsageException in Supervisor's words when one cannot be had
   */
  static DoorOpener reserve(List<HttpServerConfig> servers, ActivityLog log, Path home)
      throws UsageException {
    return new DoorOpener(servers, key(servers), OpenedServers.open(servers), log, home);
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

  /**
   * Boots Payara and serves. When that fails children go on without doors, which are tried again.
   */
  void open() {
    retries.open();
  }

  /** Returns why it did not work, if so. */
  private Optional<String> tryToOpen() {
    try {
      if (payara == null) {
        PayaraServer booted =
            PayaraServer.boot(
                new PayaraInstallation(
                    home.resolve("lib/payara-boot.jar"), home.resolve("lib/doors")),
                surroundings());
        synchronized (this) {
          payara = booted;
        }
      }
      serve();
      return Optional.empty();
    } catch (PayaraException | IOException e) {
      return Optional.of(e.getMessage());
    } catch (RuntimeException | Error e) {
      return Optional.of("the doors cannot be opened: " + e);
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

  /** Takes away what the doors have in the file system. */
  synchronized void close() {
    retries.close();
    try {
      closeRelay();
      reserved.close();
      if (payara != null) {
        payara.close();
      }
    } catch (IOException e) {
      log.warn("left behind: " + e.getMessage());
    }
  }

  private void closeRelay() throws IOException {
    if (relay.isPresent()) {
      relay.get().close();
      relay = Optional.empty();
    }
  }

  /** Where files of a running program belong; a cleaner of old files in /tmp must not meet them. */
  private PayaraSurroundings surroundings() {
    List<Path> parents = new ArrayList<>();
    if (CurrentProcess.uid() == 0) {
      parents.add(Path.of("/run"));
    }
    Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).map(Path::of).ifPresent(parents::add);
    parents.add(Path.of(System.getProperty("java.io.tmpdir")));
    return new PayaraSurroundings(
        parents,
        CurrentProcess.pid(),
        pid -> Files.exists(Path.of("/proc", Integer.toString(pid))),
        payaraLog());
  }

  /** Beside the activity log, if that is a file of its own. */
  private Path payaraLog() {
    return log.file()
        .filter(file -> Files.isRegularFile(file) && !DescriptorPath.isFixed(file))
        .map(
            file ->
                file.resolveSibling(withoutSuffix(file.getFileName().toString()) + "-payara.log"))
        .orElse(Path.of("/dev/null"));
  }

  private static String withoutSuffix(String name) {
    return name.endsWith(".log") ? name.substring(0, name.length() - ".log".length()) : name;
  }
}
