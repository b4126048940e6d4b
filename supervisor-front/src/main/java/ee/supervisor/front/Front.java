package ee.supervisor.front;

import ee.supervisor.access.Client;
import ee.supervisor.access.FrontSecret;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.http.FrontCounts;
import ee.supervisor.posix.PeerCredentials;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;

/**
 * Serves all listeners by one event loop.
 *
 * <p>Its methods are safe for all threads but its own.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends its connection
public final class Front implements AutoCloseable {
  /** Clients at a time that are held back after wrong passwords. */
  private static final int MAX_HELD_BACK = 256;

  private static final Duration HANDSHAKE_TIME = Duration.ofSeconds(10);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(2);

  /** Bytes that wait for one client. */
  private static final WriteBufferWaterMark ROOM = new WriteBufferWaterMark(16_384, 32_768);

  private final FrontServices services;
  private final ClientPatience patience;
  private final EventLoopGroup group;
  private final EventLoop loop;
  private final FrontCounts counts = new FrontCounts();
  private final MemoryBudget streams;
  private final MemoryBudget heads;
  private final ConnectionTable connections;
  private final Backend backend;
  private final Map<ServerSocketChannel, Open> listeners = new HashMap<>();
  private final Set<String> warned = new HashSet<>();
  private int heldBack;

  /** A listener that accepts; its policy, for connections to come, can be replaced. */
  private static final class Open {
    private ServedListener served;
    private Tls tls;
    private Channel channel;

    Open(Ready ready) {
      served = ready.listener();
      tls = ready.tls();
    }

    String section() {
      return served.socket().server().section();
    }

    void close() {
      channel.close();
    }

    /** Whether the clients that are connected would see no difference. */
    boolean isLike(Ready other) {
      return served.socket().server().equals(other.listener().socket().server())
          && tls.isLike(other.tls());
    }
  }

  private Front(
      FrontServices services,
      FrontSecret secret,
      ClientPatience patience,
      BackendPatience backendPatience) {
    this.services = services;
    this.patience = patience;
    group =
        new NioEventLoopGroup(
            1,
            work -> {
              Thread thread = new Thread(work, "supervisor-front");
              thread.setDaemon(true);
              return thread;
            });
    loop = group.next();
    streams = new MemoryBudget(services.budget().limit() / 2);
    heads = new MemoryBudget(services.budget().limit() / 4);
    connections =
        new ConnectionTable(
            loop,
            services.limits(),
            counts,
            () -> isNearlyFull(services.budget()) || isNearlyFull(streams));
    FrontCounts.offer(counts);
    backend = new Backend(this, loop, secret, backendPatience);
  }

  /**
   * Starts the event loop; nothing is served yet.
   *
   * @param secret shown the server behind with each request
   */
  public static Front start(FrontServices services, FrontSecret secret) {
    return start(services, secret, ClientPatience.USUAL, BackendPatience.USUAL);
  }

  static Front start(
      FrontServices services,
      FrontSecret secret,
      ClientPatience patience,
      BackendPatience backendPatience) {
    NettySettings.apply();
    return new Front(services, secret, patience, backendPatience);
  }

  /**
   * Serves these listeners and no others: connections of a listener whose policy is another than
   * before are closed when they have their responses, those of one that is no longer as well. A
   * socket that is served no longer is closed.
   *
   * @throws IOException when the event loop has ended
   */
  public void serve(List<ServedListener> next) throws IOException {
    List<Ready> ready = new ArrayList<>();
    for (ServedListener listener : next) {
      ready.add(new Ready(listener, new Tls(listener.key())));
    }
    onLoop(() -> replace(ready));
  }

  private static boolean isNearlyFull(MemoryBudget budget) {
    return budget.held() > budget.limit() / 4 * 3;
  }

  private record Ready(ServedListener listener, Tls tls) {}

  private void replace(List<Ready> next) {
    Map<ServerSocketChannel, Open> former = new HashMap<>(listeners);
    listeners.clear();
    for (Ready ready : next) {
      ServerSocketChannel socket = ready.listener().socket().channel();
      Open known = former.remove(socket);
      if (known == null) {
        listeners.put(socket, open(ready));
      } else {
        if (!known.isLike(ready)) {
          retireConnections(known);
        }
        known.served = ready.listener();
        known.tls = ready.tls();
        listeners.put(socket, known);
      }
    }
    for (Open gone : former.values()) {
      retireConnections(gone);
      gone.close();
    }
  }

  private void retireConnections(Open listener) {
    String section = listener.section();
    connections.all().stream()
        .filter(connection -> connection.client().listener().equals(section))
        .forEach(ClientConnection::retire);
  }

  private Open open(Ready ready) {
    BoundListener socket = ready.listener().socket();
    Open listener = new Open(ready);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(
                () ->
                    socket.isUnix()
                        ? new NioServerDomainSocketChannel(socket.channel())
                        : new NioServerSocketChannel(socket.channel()))
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ROOM)
            .childOption(
                ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2048, 16_384))
            .handler(new AcceptFailures(socket.server()))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    accept(accepted, listener);
                  }
                });
    if (!socket.isUnix()) {
      bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
    }
    listener.channel = bootstrap.register().channel();
    return listener;
  }

  private void accept(Channel channel, Open listener) {
    RequestDecoder decoder = new RequestDecoder(heads.open());
    ClientConnection connection =
        new ClientConnection(
            this, client(channel, listener.section()), () -> listener.served.admission(), decoder);
    Optional<SSLEngine> engine = listener.tls.engine();
    if (engine.isPresent()) {
      SslHandler handler = new SslHandler(engine.get(), services.work());
      handler.setHandshakeTimeoutMillis(HANDSHAKE_TIME.toMillis());
      channel.pipeline().addLast(handler);
    } else {
      // with TLS, an end that is not said within it is none
      channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
    channel.pipeline().addLast(decoder, connection);
    if (!connections.add(connection)) {
      connection.close();
    }
  }

  private static Client client(Channel channel, String section) {
    if (channel.remoteAddress() instanceof InetSocketAddress address) {
      return Client.inet(section, address.getAddress().getHostAddress());
    }
    AbstractNioChannel.NioUnsafe unsafe = (AbstractNioChannel.NioUnsafe) channel.unsafe();
    return new Client(section, Client.UNIX, PeerCredentials.uid(unsafe.ch()));
  }

  /** Out of descriptors: Netty accepts nobody for a second then, and the operator sees one line. */
  private final class AcceptFailures extends ChannelInboundHandlerAdapter {
    private final HttpServerConfig server;

    AcceptFailures(HttpServerConfig server) {
      this.server = server;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
      warn("[%s] cannot accept a connection: %s".formatted(server.section(), cause.getMessage()));
      ctx.fireExceptionCaught(cause);
    }
  }

  /** The server that everything else is passed on to. */
  public Backend backend() {
    return backend;
  }

  /** What has been counted. */
  public FrontCounts counts() {
    return counts;
  }

  FrontServices services() {
    return services;
  }

  ConnectionTable connections() {
    return connections;
  }

  ClientPatience patience() {
    return patience;
  }

  /** What pieces of long responses may hold, all together. */
  MemoryBudget streams() {
    return streams;
  }

  /** Takes a place among those that wait after wrong passwords, if there is one. */
  boolean holdBack() {
    if (heldBack == MAX_HELD_BACK) {
      return false;
    }
    heldBack++;
    return true;
  }

  /** Gives the place back. */
  void heldBack() {
    heldBack--;
  }

  /** Warns the operator, once for each text: whoever can connect could fill a log. */
  void warn(String text) {
    if (warned.size() < 100 && warned.add(text)) {
      services.warnings().accept(text);
    }
  }

  private void onLoop(Runnable work) throws IOException {
    try {
      loop.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  /** Ends all connections and closes all sockets; idempotent. */
  @Override
  public void close() {
    if (group.isShuttingDown()) {
      return;
    }
    loop.execute(
        () -> {
          listeners.values().forEach(Open::close);
          listeners.clear();
          connections.all().forEach(ClientConnection::close);
          backend.close();
        });
    try {
      group
          .shutdownGracefully(0, CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS)
          .get(CLOSING_TIME.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      services.warnings().accept("the front did not end in time");
    }
  }
}
