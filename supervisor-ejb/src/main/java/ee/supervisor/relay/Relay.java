package ee.supervisor.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * Hands connections of a UNIX socket on to the HTTP server's loopback port: one thread for all of
 * them, and for a connection on which nothing moves not even a buffer.
 *
 * <p>Until {@link #start} connections wait in the socket's backlog, so that a client that comes
 * early is served late and not refused.
 */
public final class Relay implements AutoCloseable {
  private static final int BUFFER_BYTES = 65_536;

  /** How long no connection is accepted after one could not be, for want of descriptors. */
  private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

  /** How long a client is waited for whose answer is on its way when the relay is closed. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private static final System.Logger LOG = System.getLogger(Relay.class.getName());

  private final SocketFile socket;
  private final InetSocketAddress target;
  private final Selector selector;
  private final SelectionKey accepting;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Thread thread;
  private volatile boolean closing;

  /**
   * Prepares the relay.
   *
   * @param socket where clients come in; closed with the relay
   * @param targetPort the HTTP server's port on 127.0.0.1
   * @throws IOException when the process is out of descriptors
   */
  public Relay(SocketFile socket, int targetPort) throws IOException {
    this.socket = socket;
    target = RelayedPorts.loopback(targetPort);
    selector = Selector.open();
    ServerSocketChannel server = socket.server();
    server.configureBlocking(false);
    accepting = server.register(selector, SelectionKey.OP_ACCEPT);
    thread = new Thread(this::run, "supervisor-relay");
    thread.setDaemon(true);
  }

  /** Begins to accept connections. */
  public void start() {
    thread.start();
  }

  /**
   * Takes the socket file away and ends all connections: those that wait for an answer as soon as
   * it has begun to come, or after half a second.
   */
  @Override
  public void close() throws IOException {
    socket.close();
    closing = true;
    selector.wakeup();
    try {
      thread.join(FAREWELL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections().forEach(RelayedConnection::close);
    selector.close();
  }

  private List<RelayedConnection> connections() {
    return selector.keys().stream()
        .map(SelectionKey::attachment)
        .filter(RelayedConnection.class::isInstance)
        .map(RelayedConnection.class::cast)
        .distinct()
        .toList();
  }

  private boolean hasSaidAll() {
    return closing && connections().stream().noneMatch(RelayedConnection::owesAnswer);
  }

  private void run() {
    try {
      while (selector.isOpen() && !hasSaidAll()) {
        boolean paused = !accepting.isValid() || accepting.interestOps() == 0;
        selector.select(this::handle, paused ? ACCEPT_PAUSE.toMillis() : 0);
        if (paused && accepting.isValid()) {
          accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
      }
    } catch (ClosedSelectorException | CancelledKeyException e) {
      // closed: that is how this thread ends
    } catch (IOException e) {
      throw new UncheckedIOException("the relay of " + socket.path() + " has ended", e);
    }
  }

  private void handle(SelectionKey key) {
    if (key == accepting) {
      accept();
    } else if (key.attachment() instanceof RelayedConnection connection) {
      connection.handle(key, buffer);
    }
  }

  private void accept() {
    try {
      SocketChannel client = socket.server().accept();
      if (client != null) {
        RelayedConnection.open(client, target, selector);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot accept on " + socket.path(), e);
      if (accepting.isValid()) {
        accepting.interestOps(0);
      }
    }
  }
}
