package ee.supervisor.check;

import ee.supervisor.config.CheckTarget;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.StreamSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds the addresses of names: an address at once, {@code localhost} without asking anybody, the
 * rest elsewhere, since a name service may take its time.
 */
final class Resolver {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[^\\]]*\\]?");

  private final CheckLoop loop;
  private final Executor background;

  Resolver(CheckLoop loop, Executor background) {
    this.loop = loop;
    this.background = background;
  }

  /** Where a host's port is. */
  SocketProbe.Targets of(String host, int port) {
    if (ADDRESS.matcher(host).matches()) {
      List<SocketProbe.Target> known = targets(host, port);
      return found -> found.accept(known);
    } else if (host.equalsIgnoreCase("localhost")) {
      List<SocketProbe.Target> known =
          List.of(new Inet(address("127.0.0.1", port)), new Inet(address("::1", port)));
      return found -> found.accept(known);
    }
    return found -> lookUp(host, port, found);
  }

  private void lookUp(String host, int port, Consumer<List<SocketProbe.Target>> found) {
    background.execute(
        () -> {
          List<SocketProbe.Target> targets = targets(host, port);
          loop.execute(() -> found.accept(targets));
        });
  }

  private static List<SocketProbe.Target> targets(String host, int port) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .<SocketProbe.Target>map(address -> new Inet(new InetSocketAddress(address, port)))
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static InetSocketAddress address(String literal, int port) {
    return new InetSocketAddress(literal, port);
  }

  /** Where a Unix socket is. */
  static SocketProbe.Targets of(CheckTarget.Unix target) {
    List<SocketProbe.Target> known = List.of(new Unix(target.path()));
    return found -> found.accept(known);
  }

  private record Inet(InetSocketAddress address) implements SocketProbe.Target {
    @Override
    public Fd connect() throws PosixException {
      return StreamSocket.connect(address);
    }

    @Override
    public String toString() {
      return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
  }

  private record Unix(String path) implements SocketProbe.Target {
    @Override
    public Fd connect() throws PosixException {
      return StreamSocket.connectUnix(path);
    }

    @Override
    public String toString() {
      return path;
    }
  }
}
