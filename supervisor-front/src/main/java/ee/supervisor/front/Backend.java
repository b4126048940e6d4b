package ee.supervisor.front;

import ee.supervisor.access.FrontSecret;
import ee.supervisor.http.HttpResponse;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The server behind the front: what is passed on to it waits while it boots, and is refused when it
 * has failed or hangs. Confined to the event loop but where it says so.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends its connection
public final class Backend {
  private static final int MAX_WAITING = 256;
  private static final int CONNECT_MILLIS = 5000;

  /** Shorter than the server keeps a connection open that nothing comes on. */
  private static final Duration IDLE_TIME = Duration.ofSeconds(15);

  private final Front front;
  private final EventLoop loop;
  private final FrontSecret secret;
  private final BackendPatience patience;
  private final Deque<BackendConnection> idle = new ArrayDeque<>();
  private final Deque<Held> waiting = new ArrayDeque<>();
  private final Set<RelayedExchange> active = new LinkedHashSet<>();
  private Optional<OwnedPort> port = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private Optional<ScheduledFuture<?>> watch = Optional.empty();
  private Optional<Probe> probe = Optional.empty();
  private long lastSign;

  private record Held(RelayedExchange exchange, long since) {}

  Backend(Front front, EventLoop loop, FrontSecret secret, BackendPatience patience) {
    this.front = front;
    this.loop = loop;
    this.secret = secret;
    this.patience = patience;
  }

  /**
   * It listens on a loopback port: what waits is passed on. Safe for all threads.
   *
   * @throws IOException when somebody else listens there, who is sent nothing
   */
  public void ready(int number) throws IOException {
    OwnedPort owned =
        OwnedPort.find(number)
            .orElseThrow(
                () ->
                    new IOException(
                        "port %d of 127.0.0.1 is not this process's own".formatted(number)));
    loop.execute(
        () -> {
          port = Optional.of(owned);
          failure = Optional.empty();
          lastSign = System.nanoTime();
          while (!waiting.isEmpty()) {
            pass(waiting.remove().exchange());
          }
        });
  }

  /**
   * It will not come up, or not soon. Safe for all threads.
   *
   * @param reason shown to clients
   */
  public void failed(String reason) {
    loop.execute(
        () -> {
          port = Optional.empty();
          failure = Optional.of(reason);
          while (!waiting.isEmpty()) {
            waiting.remove().exchange().refuse(503, reason);
          }
        });
  }

  /** Passes a request on, now or when that is possible. */
  void pass(RelayedExchange exchange) {
    if (exchange.isOver()) {
      return;
    } else if (failure.isPresent()) {
      exchange.refuse(503, failure.get());
    } else if (port.isEmpty()) {
      hold(exchange);
    } else {
      active.add(exchange);
      watch();
      send(exchange, port.get());
    }
  }

  private void hold(RelayedExchange exchange) {
    if (exchange.isOfBrowserPage()) {
      exchange.refuse(retryAfter(BootPage.in(exchange.languages())));
    } else if (waiting.size() >= MAX_WAITING) {
      exchange.refuse(later(exchange));
    } else {
      waiting.add(new Held(exchange, System.nanoTime()));
      watch();
    }
  }

  private static HttpResponse later(RelayedExchange exchange) {
    return retryAfter(
        exchange.error(503, "supervisord runs, and this part of it is still starting"));
  }

  private static HttpResponse retryAfter(HttpResponse response) {
    Map<String, String> headers = new LinkedHashMap<>(response.headers());
    headers.put("Retry-After", "2");
    headers.put("Cache-Control", "no-store");
    return new HttpResponse(response.status(), headers, response.body());
  }

  private void send(RelayedExchange exchange, OwnedPort to) {
    BackendConnection known = idle.pollLast();
    while (known != null) {
      if (known.channel().isActive()
          && System.nanoTime() - known.idleSince() < IDLE_TIME.toNanos()) {
        exchange.sendBy(known, secret);
        return;
      }
      known.abandon();
      known = idle.pollLast();
    }
    connect(to)
        .addListener(
            (ChannelFutureListener)
                future -> {
                  if (!future.isSuccess()) {
                    exchange.refuse(503, "the server behind cannot be reached");
                    return;
                  }
                  BackendConnection made = connection(future.channel());
                  if (exchange.isOver()) {
                    made.abandon();
                  } else if (!to.isStillOurs()) {
                    made.abandon();
                    stolen(to);
                    exchange.refuse(503, "the server behind has lost its port");
                  } else {
                    exchange.sendBy(made, secret);
                  }
                });
  }

  private static BackendConnection connection(Channel channel) {
    return channel.pipeline().get(BackendConnection.class);
  }

  private void stolen(OwnedPort lost) {
    front.warn(
        "port %d of 127.0.0.1 is another process's: nothing is sent to it".formatted(lost.port()));
  }

  private ChannelFuture connect(OwnedPort to) {
    return new Bootstrap()
        .group(loop)
        .channelFactory(NioSocketChannel::new)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .option(
            ChannelOption.RCVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(512, 2048, RelayedExchange.PIECE_BYTES))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new HttpClientCodec(65_536, 65_536, RelayedExchange.PIECE_BYTES),
                        new BackendConnection(Backend.this));
              }
            })
        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to.port()));
  }

  /** A connection can take another request. */
  void idle(BackendConnection connection) {
    lastSign = System.nanoTime();
    idle.addLast(connection);
  }

  /** A connection has gone. */
  void closed(BackendConnection connection) {
    idle.remove(connection);
  }

  /** An exchange is over. */
  void done(RelayedExchange exchange) {
    active.remove(exchange);
    waiting.removeIf(held -> held.exchange() == exchange);
  }

  // a server that does not respond

  private void watch() {
    if (watch.isEmpty()) {
      watch = Optional.of(loop.scheduleWithFixedDelay(this::guardedLook, 1, 1, TimeUnit.SECONDS));
    }
  }

  private void guardedLook() {
    try {
      look();
    } catch (Throwable e) {
      front.warn("what waits for the server behind could not be looked at: " + e);
    }
  }

  private void look() {
    long now = System.nanoTime();
    while (!waiting.isEmpty() && now - waiting.peek().since() > patience.boot().toNanos()) {
      RelayedExchange exchange = waiting.remove().exchange();
      exchange.refuse(later(exchange));
    }
    while (!idle.isEmpty() && now - idle.peek().idleSince() > IDLE_TIME.toNanos()) {
      idle.remove().abandon();
    }
    lookForHang(now);
    if (waiting.isEmpty() && active.isEmpty() && idle.isEmpty() && watch.isPresent()) {
      watch.get().cancel(false);
      watch = Optional.empty();
    }
  }

  /**
   * A request may take as long as a program takes to stop. So when a response is late the server is
   * asked for something else, that it has at once.
   */
  private void lookForHang(long now) {
    if (probe.isPresent()) {
      if (now - probe.get().since() > patience.probe().toNanos()) {
        probe.get().giveUp();
        probe = Optional.empty();
        hangs();
      }
    } else if (port.isPresent()
        && now - lastSign > patience.response().toNanos()
        && active.stream()
            .anyMatch(
                one -> one.isWaiting() && now - one.sentAt() > patience.response().toNanos())) {
      probe = Optional.of(new Probe(now));
      probe.get().start(port.get());
    }
  }

  private void hangs() {
    front.warn("the server behind does not respond: what waits for it gets a 504");
    List.copyOf(active).stream()
        .filter(RelayedExchange::isWaiting)
        .forEach(exchange -> exchange.refuse(504, "the server behind does not respond"));
  }

  /** Asks for anything, without the secret: to be refused is a sign of life as well. */
  private final class Probe implements BackendConnection.Receiver {
    private final long since;
    private Optional<Channel> channel = Optional.empty();

    Probe(long since) {
      this.since = since;
    }

    long since() {
      return since;
    }

    void start(OwnedPort to) {
      ChannelFuture connecting = connect(to);
      channel = Optional.of(connecting.channel());
      connecting.addListener(
          (ChannelFutureListener)
              future -> {
                if (future.isSuccess() && to.isStillOurs()) {
                  DefaultFullHttpRequest request =
                      new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.HEAD, "/");
                  request.headers().set("Host", "localhost");
                  connection(future.channel()).send(request, this);
                }
              });
    }

    void giveUp() {
      channel.map(Backend::connection).ifPresent(BackendConnection::abandon);
    }

    @Override
    public void head(io.netty.handler.codec.http.HttpResponse response, BackendConnection from) {
      lastSign = System.nanoTime();
      probe = Optional.empty();
      from.abandon();
    }

    @Override
    public void piece(HttpContent piece) {}

    @Override
    public void broken(BackendConnection from) {}
  }

  /** Closes all connections to it, and refuses what waits. */
  void close() {
    List.copyOf(active).forEach(RelayedExchange::abandon);
    waiting.clear();
    List.copyOf(idle).forEach(BackendConnection::abandon);
    watch.ifPresent(one -> one.cancel(false));
  }
}
