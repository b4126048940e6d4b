package ee.supervisor.ctl.rpc;

import ee.supervisor.ctl.rpc.ServerUnreachableException.Reason;
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

/** Makes connections to a supervisord, whatever kind of socket it listens on. */
final class Dialer {

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
        return tcp.tls() ? TlsConnection.over(channel, tcp) : plain(channel);
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

  private static HttpConnection plain(SocketChannel channel) {
    return new HttpConnection(
        channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
  }
}
