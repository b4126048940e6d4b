package ee.supervisor.launcher;

import ee.supervisor.access.Admission;
import ee.supervisor.access.FailureDelay;
import ee.supervisor.access.FrontSecret;
import ee.supervisor.access.Sessions;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.control.Handover;
import ee.supervisor.front.BoundListener;
import ee.supervisor.front.Front;
import ee.supervisor.front.FrontLimits;
import ee.supervisor.front.FrontServices;
import ee.supervisor.front.ServedListener;
import ee.supervisor.getopt.UsageException;
import ee.supervisor.health.LivenessHandler;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.ServerThreads;
import ee.supervisor.launcher.payara.InstanceDirectory;
import ee.supervisor.launcher.payara.PayaraException;
import ee.supervisor.launcher.payara.PayaraInstallation;
import ee.supervisor.launcher.payara.PayaraServer;
import ee.supervisor.live.EventsHandler;
import ee.supervisor.live.LiveData;
import ee.supervisor.login.FormLogin;
import ee.supervisor.logtail.LogTailHandler;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.DescriptorPath;
import ee.supervisor.posix.NoMoreDirectories;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.ResourceLimit.Resource;
import ee.supervisor.tls.ServerKey;
import ee.supervisor.tls.ServerKeyException;
import ee.supervisor.xmlrpc.OpenedSupervisor;
import ee.supervisor.xmlrpc.XmlRpcHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings up the configured servers around a running engine: listens at once, serves Supervisor's
 * own interfaces as soon as there is an engine, and the others as soon as Payara has booted; moves
 * when a restart brings other servers.
 */
final class DoorOpener {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** How often another port is tried where somebody was quicker. */
  private static final int PORT_ATTEMPTS = 10;

  private final ActivityLog log;
  private final Path home;
  private final List<Path> parents;
  private final OpenedServers opened;
  private final DoorRetries retries;
  private final ServerThreads threads = new ServerThreads();
  private final FailureDelay delays = new FailureDelay(System::nanoTime);
  private final Sessions sessions = new Sessions(System::nanoTime);
  private final FrontSecret secret = FrontSecret.generate();
  private Configuration configuration;
  private Map<String, ServerKey> keys;
  private Front front;
  private PayaraServer payara;

  /** Made before Payara boots, which takes seconds: {@link #close} may come amid that. */
  private Optional<InstanceDirectory> directory = Optional.empty();

  private boolean closed;

  private DoorOpener(
      Configuration configuration,
      Map<String, ServerKey> keys,
      OpenedServers opened,
      ActivityLog log,
      Path home,
      List<Path> parents) {
    this.configuration = configuration;
    this.keys = keys;
    this.opened = opened;
    this.log = log;
    this.home = home;
    this.parents = parents;
    retries = new DoorRetries(this::tryToBoot, log, FIRST_PAUSE);
  }

  /**
   * Listens; clients wait until {@link #open}.
   *
   * @param home where supervisord is installed
   * @param parents directories to try, in order, for Payara's files
   * @throws UsageException in Supervisor's words when an address cannot be had
   */
  static DoorOpener reserve(
      Configuration configuration, ActivityLog log, Path home, List<Path> parents)
      throws UsageException {
    List<HttpServerConfig> servers = configuration.httpServers();
    return new DoorOpener(
        configuration, keys(servers), OpenedServers.open(servers), log, home, parents);
  }

  /** The keys of the servers that have one, by section; read while nothing has been started yet. */
  private static Map<String, ServerKey> keys(List<HttpServerConfig> servers) throws UsageException {
    Map<String, ServerKey> keys = new HashMap<>();
    for (HttpServerConfig server : servers) {
      if (server instanceof HttpServerConfig.Inet inet && inet.tls().isPresent()) {
        HttpServerConfig.Tls files = inet.tls().get();
        try {
          keys.put(inet.section(), ServerKey.read(files.certfile(), files.keyfile()));
        } catch (ServerKeyException e) {
          throw new UsageException(e.getMessage() + " in section '" + inet.section() + "'", e);
        }
      }
    }
    return keys;
  }

  /**
   * Serves Supervisor's own interfaces; requests for others wait. What is in the way of that, too
   * few descriptors as likely as not, is reported by {@link #bootPayara}, which tries again.
   */
  void open() {
    FrontSecret.offer(secret);
    try {
      startFront();
    } catch (IOException | RuntimeException | Error e) {
      front = null;
    }
  }

  private synchronized void startFront() throws IOException {
    if (front == null) {
      front = Front.start(services(), secret);
    }
    serve(opened.listeners());
  }

  /**
   * Boots Payara, which takes some seconds. When that fails clients are informed, and it is tried
   * again, until it works or {@link #close}; neither the children nor Supervisor's own interfaces
   * depend on it.
   */
  void bootPayara() {
    retries.open();
  }

  private FrontServices services() {
    OpenedSupervisor supervisor =
        new OpenedSupervisor(Handover::current, threads.work(), threads.logReaders());
    HttpHandler xmlRpc = new XmlRpcHandler(supervisor);
    HttpHandler logTail = new LogTailHandler(Handover::current, threads.logReaders());
    HttpHandler liveness = new LivenessHandler(Handover::current);
    LiveData live = new LiveData(threads.work());
    HttpHandler events = new EventsHandler(Handover::current, () -> live);
    return new FrontServices(
        path -> {
          if (XmlRpcHandler.matches(path)) {
            return Optional.of(xmlRpc);
          } else if (LogTailHandler.matches(path)) {
            return Optional.of(logTail);
          } else if (EventsHandler.matches(path)) {
            return Optional.of(events);
          }
          return LivenessHandler.matches(path) ? Optional.of(liveness) : Optional.empty();
        },
        new FormLogin(() -> supervisor.settings().map(OpenedSupervisor.Settings::audit)),
        threads.work(),
        threads.logReaders(),
        MemoryBudget.ofProcess(),
        FrontLimits.of(descriptors()),
        log::warn);
  }

  private static long descriptors() {
    try {
      return CurrentProcess.limit(Resource.NOFILE).soft();
    } catch (PosixException e) {
      return 0;
    }
  }

  private void serve(List<BoundListener> listeners) throws IOException {
    List<ServedListener> served = new ArrayList<>();
    for (BoundListener listener : listeners) {
      HttpServerConfig server = listener.server();
      served.add(
          new ServedListener(
              listener,
              new Admission(server, configuration.access(), delays, sessions),
              Optional.ofNullable(keys.get(server.section()))));
    }
    front.serve(served);
  }

  /** Returns why it did not work, if so. */
  private Optional<String> tryToBoot() {
    try {
      startFront();
    } catch (IOException | RuntimeException | Error e) {
      return Optional.of("Cannot serve: " + e);
    }
    Optional<String> obstacle =
        payara == null ? ThreadsAllowed.shortage().or(OwnName::shortcoming) : Optional.empty();
    if (obstacle.isPresent()) {
      front.backend().failed(obstacle.get());
      return obstacle;
    }
    try {
      if (payara == null) {
        payara =
            PayaraServer.boot(
                new PayaraInstallation(
                    home.resolve("lib/payara-boot.jar"), home.resolve("lib/doors")),
                makeDirectory(),
                payaraLog());
      }
      connect();
      payara.settle();
      return Optional.empty();
    } catch (PayaraException | IOException e) {
      front.backend().failed(e.getMessage());
      return Optional.of(e.getMessage());
    } catch (RuntimeException | Error e) {
      String reason = "The page and REST cannot be opened: " + e;
      front.backend().failed(reason);
      return Optional.of(reason);
    }
  }

  private synchronized InstanceDirectory makeDirectory() throws IOException {
    if (closed) {
      throw new IOException("supervisord has ended");
    } else if (directory.isPresent()) {
      // of an attempt that failed
      directory.get().delete();
    }
    directory = Optional.of(InstanceDirectory.create(parents));
    return directory.get();
  }

  /** Whoever else has the port that Payara was to have gets nothing of what is passed on. */
  private void connect() throws PayaraException {
    for (int attempt = 1; ; attempt++) {
      try {
        front.backend().ready(payara.listen());
        return;
      } catch (IOException e) {
        if (attempt == PORT_ATTEMPTS) {
          throw new PayaraException("Payara gets no port: " + e.getMessage(), e);
        }
        log.warn("Payara gets another port: " + e.getMessage());
      }
    }
  }

  /**
   * Serves what {@code next} says instead; sockets that stay the same are kept, with the clients
   * that wait on them.
   *
   * @throws UsageException when an address cannot be had
   */
  synchronized void move(Configuration next) throws UsageException {
    List<HttpServerConfig> servers = next.httpServers();
    Map<String, ServerKey> nextKeys = keys(servers);
    configuration = next;
    keys = nextKeys;
    try {
      List<BoundListener> left = opened.leave(servers);
      if (front != null && !left.isEmpty()) {
        serve(opened.listeners());
      }
      OpenedServers.close(left);
      opened.add(servers);
      if (front != null) {
        serve(opened.listeners());
      }
    } catch (IOException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Ends all connections, and takes away what the doors have in the file system. */
  synchronized void close() {
    closed = true;
    retries.close();
    try {
      opened.close();
      if (front != null) {
        front.close();
      }
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
