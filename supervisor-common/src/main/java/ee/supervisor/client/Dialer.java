package ee.supervisor.client;

import ee.supervisor.client.ServerUnreachableException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Makes connections to a supervisord, whatever kind of socket it listens on. */
final class Dialer {
  // a supervisord on a busy machine may need seconds for its first handshake
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

  private Dialer() {}

  /**
   * Connects.
   *
   * @param url where to
   * @return an open connection
   * @throws ServerUnreachableException if none can be made
   */
  static HttpConnection connect(ServerUrl url) throws ServerUnreachableException {
    if (url instanceof ServerUrl.Unix unix) {
      return connect(unix);
    }
    return connect((ServerUrl.Tcp) url);
  }

  private static HttpConnection connect(ServerUrl.Unix unix) throws ServerUnreachableException {
    Path path = Path.of(unix.path());
    try {
      return plain(connect(UnixDomainSocketAddress.of(path)));
    } catch (ConnectException e) {
      throw new ServerUnreachableException(Reason.REFUSED, e.getMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ServerUnreachableException(whyNot(path), e.getMessage(), e);
    }
  }

  /** Looks for the reason itself: the system's words for it depend on the locale. */
  private static Reason whyNot(Path path) {
    if (Files.notExists(path)) {
      return Reason.NO_SUCH_FILE;
    }
    return Files.isWritable(path) ? Reason.OTHER : Reason.PERMISSION_DENIED;
  }

  private static HttpConnection connect(ServerUrl.Tcp tcp) throws ServerUnreachableException {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(tcp.host());
    } catch (UnknownHostException e) {
      throw new ServerUnreachableException(Reason.UNKNOWN_HOST, e.getMessage(), e);
    }
    IOException last = null;
    for (InetAddress address : addresses) {
      try {
        SocketChannel channel = connect(new InetSocketAddress(address, tcp.port()));
        return tcp.tls() ? encrypted(channel, tcp) : plain(channel);
      } catch (ServerUnreachableException e) {
        // somebody is there: that the host's other addresses refuse us must not hide it
        throw e;
      } catch (IOException e) {
        last = e;
      }
    }
    // "timed out" comes as a ConnectException as well
    boolean refused =
        last instanceof ConnectException && !String.valueOf(last.getMessage()).contains("timed");
    throw new ServerUnreachableException(
        refused ? Reason.REFUSED : Reason.OTHER, String.valueOf(last.getMessage()), last);
  }

  private static SocketChannel connect(SocketAddress address) throws IOException {
    return SocketChannel.open(address);
  }

  private static HttpConnection encrypted(SocketChannel channel, ServerUrl.Tcp tcp)
      throws ServerUnreachableException {
    try {
      return TlsConnection.over(channel, tcp, HANDSHAKE_LIMIT);
    } catch (IOException e) {
      throw new ServerUnreachableException(Reason.OTHER, String.valueOf(e.getMessage()), e);
    }
  }

  private static HttpConnection plain(SocketChannel channel) {
    return new HttpConnection(
        channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
  }
}
