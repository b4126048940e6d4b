package ee.supervisor.front;

import ee.supervisor.access.Admission;
import ee.supervisor.access.FailureDelay;
import ee.supervisor.access.FrontSecret;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.SocketOwner;
import ee.supervisor.config.Users;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.login.FormLogin;
import ee.supervisor.tls.ServerKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A front on real sockets, with handlers that a test gives it. */
final class TestFront implements AutoCloseable {
  static final BackendPatience IMPATIENT =
      new BackendPatience(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(500));

  static {
    Leaks.watch();
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> handlers =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<ServedListener> served = new ArrayList<>();
  private final FailureDelay delays = new FailureDelay(System::nanoTime);
  final List<String> warnings = new CopyOnWriteArrayList<>();
  final FrontSecret secret = FrontSecret.generate();
  final MemoryBudget budget;
  final Front front;

  TestFront() {
    this(new MemoryBudget(16 << 20), new FrontLimits(1024, 512, 512, 64));
  }

  TestFront(MemoryBudget budget, FrontLimits limits) {
    this(budget, limits, ClientPatience.USUAL);
  }

  TestFront(MemoryBudget budget, FrontLimits limits, ClientPatience patience) {
    this.budget = budget;
    front =
        Front.start(
            new FrontServices(
                this::find,
                new FormLogin(Optional::empty),
                threads,
                threads,
                budget,
                limits,
                warnings::add),
            secret,
            patience,
            IMPATIENT);
  }

  private Optional<HttpHandler> find(String path) {
    // the last one that a test has named
    return handlers.entrySet().stream()
        .filter(known -> path.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .reduce((first, later) -> later);
  }

  /** Has {@code handler} respond to what begins with {@code prefix}. */
  TestFront on(String prefix, HttpHandler handler) {
    handlers.put(prefix, handler);
    return this;
  }

  static HttpServerConfig.Inet inet(String host, int port) {
    return new HttpServerConfig.Inet(
        "inet_http_server", host, port, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static HttpServerConfig.Inet withPassword(String section, int port) {
    return new HttpServerConfig.Inet(
        section, "127.0.0.1", port, Optional.of("ann"), Optional.of("secret"), Optional.empty());
  }

  static HttpServerConfig.Unix unix(Path file) {
    return new HttpServerConfig.Unix(
        "unix_http_server",
        file.toString(),
        0700,
        SocketOwner.UNCHANGED,
        Optional.empty(),
        Optional.empty());
  }

  /** Listens without a password on a free port of 127.0.0.1, which is returned. */
  int listen() throws IOException {
    int port = freePort();
    listen(inet("127.0.0.1", port), Optional.empty());
    return port;
  }

  BoundListener listen(HttpServerConfig server, Optional<ServerKey> key) throws IOException {
    BoundListener socket = BoundListener.bind(server);
    served.add(listener(socket, key));
    front.serve(served);
    return socket;
  }

  ServedListener listener(BoundListener socket, Optional<ServerKey> key) {
    return new ServedListener(
        socket,
        new Admission(
            socket.server(), new AccessConfig(new Users(List.of()), Optional.empty()), delays),
        key);
  }

  static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return probe.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    for (ServedListener listener : served) {
      listener.socket().close();
    }
    threads.shutdownNow();
  }
}
