package ee.supervisor.launcher;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.relay.SocketFile;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the addresses of the configured servers from before the first child is started until the
 * doors are open, seconds later: another program that has one of them is told of at once, and none
 * can take it in between.
 */
final class OpenedServers implements AutoCloseable {
  /** Supervisor's sentence about an address that somebody else has. */
  static final String IN_USE =
      "Another program is already listening on a port that one of our HTTP servers is"
          + " configured to use.  Shut this program down first before starting supervisord.";

  private final List<SocketChannel> reserved = new ArrayList<>();
  private Optional<SocketFile> socketFile = Optional.empty();

  private OpenedServers() {}

  /**
   * Takes the addresses.
   *
   * @throws UsageException in Supervisor's words when one cannot be had
   */
  static OpenedServers open(List<HttpServerConfig> servers) throws UsageException {
    OpenedServers opened = new OpenedServers();
    try {
      for (HttpServerConfig server : servers) {
        if (server instanceof HttpServerConfig.Inet inet) {
          opened.reserve(inet);
        } else if (server instanceof HttpServerConfig.Unix unix) {
          opened.socketFile = Optional.of(SocketFile.bind(unix));
        }
      }
      return opened;
    } catch (IOException | UnresolvedAddressException e) {
      opened.close();
      throw new UsageException(complaint(e), e);
    }
  }

  /**
   * Binds the port and does not listen: others cannot have it, clients are refused as if nobody
   * were there, and Payara, which sets SO_REUSEADDR as this does, can still listen on it.
   */
  private void reserve(HttpServerConfig.Inet inet) throws IOException {
    SocketChannel channel = SocketChannel.open();
    reserved.add(channel);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.bind(
        inet.host().isEmpty()
            ? new InetSocketAddress(inet.port())
            : new InetSocketAddress(inet.host(), inet.port()));
  }

  /** The Unix socket, if one is configured: whoever relays it takes it over, and closes it. */
  Optional<SocketFile> takeSocketFile() {
    Optional<SocketFile> taken = socketFile;
    socketFile = Optional.empty();
    return taken;
  }

  /** Lets go of every address that nobody has taken over. */
  @Override
  public void close() {
    try {
      for (SocketChannel channel : reserved) {
        channel.close();
      }
      if (socketFile.isPresent()) {
        socketFile.get().close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket that was opened cannot be closed", e);
    }
  }

  private static String complaint(Exception failure) {
    if (failure instanceof SocketFile.OwnerException) {
      return failure.getMessage();
    }
    String reason = String.valueOf(failure.getMessage());
    if (reason.contains("in use")) {
      return IN_USE;
    }
    return "Cannot open an HTTP server: socket.error reported " + errno(failure, reason);
  }

  /** Java says in words what the system said in numbers. */
  private static String errno(Exception failure, String reason) {
    if (failure instanceof UnresolvedAddressException) {
      return "-2";
    } else if (reason.contains("Permission denied")
        || failure instanceof java.nio.file.AccessDeniedException) {
      return "errno.EACCES (13)";
    } else if (reason.contains("Cannot assign requested address")) {
      return "errno.EADDRNOTAVAIL (99)";
    } else if (reason.contains("No such file")
        || failure instanceof java.nio.file.NoSuchFileException) {
      return "errno.ENOENT (2)";
    } else if (failure instanceof BindException) {
      return "errno.EINVAL (22): " + reason;
    }
    return reason;
  }
}
