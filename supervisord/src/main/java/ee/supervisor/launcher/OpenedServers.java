package ee.supervisor.launcher;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.front.BoundListener;
import ee.supervisor.front.SocketFile;
import ee.supervisor.getopt.UsageException;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens for the configured servers from before the first child is started: another program that
 * has one of their addresses is reported at once, and a client that is early waits.
 */
final class OpenedServers implements AutoCloseable {
  /** Supervisor's sentence about an address that somebody else has. */
  static final String IN_USE =
      "Another program is already listening on a port that one of our HTTP servers is"
          + " configured to use.  Shut this program down first before starting supervisord.";

  private final List<BoundListener> listeners = new ArrayList<>();

  private OpenedServers() {}

  /**
   * Takes the addresses.
   *
   * @throws UsageException in Supervisor's words when one cannot be had
   */
  static OpenedServers open(List<HttpServerConfig> servers) throws UsageException {
    OpenedServers opened = new OpenedServers();
    opened.add(servers);
    return opened;
  }

  /**
   * Takes the addresses of {@code servers} that it does not have; in the order of {@code servers}.
   *
   * @throws UsageException in Supervisor's words when one cannot be had; all are let go of then
   */
  void add(List<HttpServerConfig> servers) throws UsageException {
    List<BoundListener> wanted = new ArrayList<>();
    try {
      for (HttpServerConfig server : servers) {
        BoundListener known = null;
        for (BoundListener listener : listeners) {
          known = listener.listensFor(server) ? listener : known;
        }
        if (known == null) {
          known = BoundListener.bind(server);
          listeners.add(known);
        }
        wanted.add(known.servingAs(server));
      }
      listeners.clear();
      listeners.addAll(wanted);
    } catch (IOException e) {
      close();
      throw new UsageException(complaint(e), e);
    }
  }

  /** Those that can serve one of {@code servers}; the others are no longer this object's. */
  List<BoundListener> leave(List<HttpServerConfig> servers) {
    List<BoundListener> left = new ArrayList<>();
    listeners.removeIf(
        listener -> {
          boolean gone = servers.stream().noneMatch(listener::listensFor);
          if (gone) {
            left.add(listener);
          }
          return gone;
        });
    return left;
  }

  /** What is listened on, in the order of the configuration. */
  List<BoundListener> listeners() {
    return List.copyOf(listeners);
  }

  /** Lets go of every address. */
  @Override
  public void close() {
    close(listeners);
    listeners.clear();
  }

  /** Lets go of these. */
  static void close(List<BoundListener> listeners) {
    try {
      for (BoundListener listener : listeners) {
        listener.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket that was opened cannot be closed", e);
    }
  }

  private static String complaint(IOException failure) {
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
  private static String errno(IOException failure, String reason) {
    if (failure instanceof UnknownHostException) {
      return "-2";
    } else if (reason.contains("Permission denied")
        || failure instanceof java.nio.file.AccessDeniedException) {
      return "errno.EACCES (13)";
    } else if (reason.contains("Cannot assign requested address")) {
      return "errno.EADDRNOTAVAIL (99)";
    } else if (reason.contains("Address family not supported")) {
      return "errno.EAFNOSUPPORT (97)";
    } else if (reason.contains("No such file")
        || failure instanceof java.nio.file.NoSuchFileException) {
      return "errno.ENOENT (2)";
    } else if (failure instanceof BindException) {
      return "errno.EINVAL (22): " + reason;
    }
    return reason;
  }
}
