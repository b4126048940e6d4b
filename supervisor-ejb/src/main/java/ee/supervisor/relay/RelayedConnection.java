package ee.supervisor.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One client of the UNIX socket and its connection to the HTTP server; confined to the relay. */
final class RelayedConnection {
  private static final System.Logger LOG = System.getLogger(RelayedConnection.class.getName());

  private final SocketChannel client;
  private final SocketChannel server;
  private final int port;
  private final SelectionKey clientKey;
  private final SelectionKey serverKey;

  /** What was read from one side and not yet taken by the other; null while nothing waits. */
  private ByteBuffer toServer;

  private ByteBuffer toClient;
  private boolean clientEnded;
  private boolean serverEnded;
  private boolean owesAnswer;

  private RelayedConnection(SocketChannel client, SocketChannel server, int port, Selector selector)
      throws IOException {
    this.client = client;
    this.server = server;
    this.port = port;
    client.configureBlocking(false);
    server.configureBlocking(false);
    clientKey = client.register(selector, 0, this);
    serverKey = server.register(selector, SelectionKey.OP_CONNECT, this);
  }

  /**
   * Connects {@code client} to {@code target}; its port is known to {@link RelayedPorts} before the
   * server can see it.
   *
   * @throws IOException when there is no descriptor or port for it; {@code client} is then closed
   */
  static void open(SocketChannel client, InetSocketAddress target, Selector selector)
      throws IOException {
    SocketChannel server = null;
    int port = 0;
    try {
      server = SocketChannel.open();
      server.bind(RelayedPorts.loopback(0));
      port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      RelayedPorts.add(port, client);
      RelayedConnection connection = new RelayedConnection(client, server, port, selector);
      if (server.connect(target)) {
        connection.connected();
      }
    } catch (IOException e) {
      RelayedPorts.remove(port);
      client.close();
      if (server != null) {
        server.close();
      }
      throw e;
    }
  }

  /** Moves what can be moved, by way of {@code buffer}. */
  void handle(SelectionKey key, ByteBuffer buffer) {
    try {
      if (key.isConnectable() && server.finishConnect()) {
        connected();
      }
      if (key.isValid() && key.isWritable()) {
        writePending(key);
      }
      if (key.isValid() && key.isReadable()) {
        read(key, buffer);
      }
    } catch (IOException | CancelledKeyException e) {
      // either side has broken off: the other is told by the end of its connection
      close();
    }
  }

  /** Whether the client has said something that nothing was answered to yet. */
  boolean owesAnswer() {
    return owesAnswer || toClient != null;
  }

  /** Ends both sides; idempotent. */
  void close() {
    RelayedPorts.remove(port);
    close(server);
    close(client);
  }

  private void connected() {
    serverKey.interestOps(SelectionKey.OP_READ);
    clientKey.interestOps(SelectionKey.OP_READ);
  }

  private void read(SelectionKey key, ByteBuffer buffer) throws IOException {
    boolean fromClient = key == clientKey;
    int count = ((SocketChannel) key.channel()).read(buffer.clear());
    if (count < 0) {
      ended(fromClient);
      return;
    }
    owesAnswer = fromClient;
    buffer.flip();
    (fromClient ? server : client).write(buffer);
    if (buffer.hasRemaining()) {
      ByteBuffer rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
      if (fromClient) {
        toServer = rest;
      } else {
        toClient = rest;
      }
      updateInterest();
    }
  }

  private void writePending(SelectionKey key) throws IOException {
    if (key == serverKey && toServer != null) {
      server.write(toServer);
      toServer = toServer.hasRemaining() ? toServer : null;
    } else if (key == clientKey && toClient != null) {
      client.write(toClient);
      toClient = toClient.hasRemaining() ? toClient : null;
    }
    propagateEnd();
    updateInterest();
  }

  private void ended(boolean byClient) throws IOException {
    clientEnded |= byClient;
    serverEnded |= !byClient;
    propagateEnd();
    updateInterest();
  }

  /** An end follows what was sent before it; when the server ends, all is said. */
  private void propagateEnd() throws IOException {
    if (serverEnded && toClient == null) {
      close();
    } else if (clientEnded && toServer == null) {
      server.shutdownOutput();
    }
  }

  private void updateInterest() {
    interest(clientKey, !clientEnded && toServer == null, toClient != null);
    interest(serverKey, !serverEnded && toClient == null, toServer != null);
  }

  private static void interest(SelectionKey key, boolean read, boolean write) {
    if (key.isValid()) {
      key.interestOps((read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0));
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a relayed connection", e);
    }
  }
}
