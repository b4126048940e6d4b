package ee.supervisor.front;

import ee.supervisor.config.HttpServerConfig;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * A server's socket, bound and listening: clients that come now wait in its backlog until {@link
 * Front#serve} has it accept them. Nothing of Netty is loaded for it.
 */
public final class BoundListener implements AutoCloseable {
  /** As many as the reference lets wait. */
  private static final int BACKLOG = 1024;

  private final HttpServerConfig server;
  private final ServerSocketChannel channel;
  private final Optional<SocketFile> file;

  private BoundListener(
      HttpServerConfig server, ServerSocketChannel channel, Optional<SocketFile> file) {
    this.server = server;
    this.channel = channel;
    this.file = file;
  }

  /**
   * Listens where {@code server} is configured to.
   *
   * @throws java.net.BindException when the address is taken, is not this machine's, or may not be
   *     had
   * @throws UnknownHostException when there is no such host
   * @throws SocketFile.OwnerException when a socket file cannot be given to its owner
   * @throws IOException when it cannot be opened for another reason
   */
  public static BoundListener bind(HttpServerConfig server) throws IOException {
    if (server instanceof HttpServerConfig.Unix unix) {
      SocketFile file = SocketFile.bind(unix);
      return new BoundListener(server, file.server(), Optional.of(file));
    }
    HttpServerConfig.Inet inet = (HttpServerConfig.Inet) server;
    InetAddress address = address(inet.host());
    boolean isV4 = address instanceof Inet4Address;
    ServerSocketChannel channel;
    try {
      // one of IPv6 would show the clients of IPv4 by other addresses
      channel =
          ServerSocketChannel.open(
              isV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    } catch (UnsupportedOperationException e) {
      throw new IOException("Address family not supported by protocol", e);
    }
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(address, inet.port()), BACKLOG);
      return new BoundListener(server, channel, Optional.empty());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** No name at all is every address of IPv4; of a name with several, IPv4 first. */
  private static InetAddress address(String host) throws UnknownHostException {
    if (host.isEmpty()) {
      return InetAddress.getByAddress(new byte[Integer.BYTES]);
    }
    InetAddress[] all = InetAddress.getAllByName(host);
    return Arrays.stream(all).filter(Inet4Address.class::isInstance).findFirst().orElse(all[0]);
  }

  /** What it was opened for. */
  public HttpServerConfig server() {
    return server;
  }

  /** Whether this socket can serve {@code other} as it is; passwords are no part of it. */
  public boolean listensFor(HttpServerConfig other) {
    if (server instanceof HttpServerConfig.Inet own
        && other instanceof HttpServerConfig.Inet inet) {
      return own.host().equals(inet.host()) && own.port() == inet.port();
    }
    return server instanceof HttpServerConfig.Unix own
        && other instanceof HttpServerConfig.Unix unix
        && own.file().equals(unix.file())
        && own.chmod() == unix.chmod()
        && own.chown().equals(unix.chown());
  }

  /** The same socket, for what is configured now. */
  public BoundListener servingAs(HttpServerConfig next) {
    return new BoundListener(next, channel, file);
  }

  /** Where connections come in. */
  ServerSocketChannel channel() {
    return channel;
  }

  /** Whether its clients are on this machine, and known by their account. */
  boolean isUnix() {
    return file.isPresent();
  }

  /** Stops listening, and takes a socket file away; idempotent. */
  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
    channel.close();
  }
}
