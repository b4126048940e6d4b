package ee.supervisor.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/**
 * Tells connections that came through the UNIX socket from all others, by the loopback port they
 * come from.
 *
 * <p>A port is known from before its connection is made until before it is closed, and while it is
 * open nobody else can have it: so a local user whom the socket file's mode keeps out cannot pass
 * for one it lets in.
 */
public final class RelayedPorts {
  /** The relay's own address; a connection from another loopback address is not the relay's. */
  private static final String LOOPBACK = "127.0.0.1";

  /** The client behind each port. */
  private static final Map<Integer, SocketChannel> CLIENTS = new ConcurrentHashMap<>();

  private RelayedPorts() {}

  /** The address of a port of the loopback interface, without a look-up by name. */
  static InetSocketAddress loopback(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /**
   * Whether a connection from {@code address}, port {@code port} is one of the relay's.
   *
   * @param address the client's address, numeric
   */
  public static boolean contains(String address, int port) {
    return address.equals(LOOPBACK) && CLIENTS.containsKey(port);
  }

  /** The user of the system who connected, empty when the connection has gone meanwhile. */
  public static Optional<String> user(int port) {
    SocketChannel client = CLIENTS.get(port);
    try {
      return client == null
          ? Optional.empty()
          : Optional.of(client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static void add(int port, SocketChannel client) {
    CLIENTS.put(port, client);
  }

  static void remove(int port) {
    CLIENTS.remove(port);
  }
}
