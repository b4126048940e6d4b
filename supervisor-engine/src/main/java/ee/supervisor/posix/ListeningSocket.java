package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Makes listening stream sockets that a child may be given (socket(2), bind(2), listen(2)). */
public final class ListeningSocket {
  private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;

  private ListeningSocket() {}

  /**
   * Listens on a TCP port; the address may be taken over from connections in TIME_WAIT.
   *
   * @param backlog connections that may wait, at least 1
   * @throws PosixException EADDRINUSE, EADDRNOTAVAIL, EACCES
   */
  public static Fd tcp(InetSocketAddress address, int backlog) throws PosixException {
    SocketAddress listening = SocketAddress.of(address);
    try (Acquired acquired = new Acquired();
        NativeMemory one = new NativeMemory(Integer.BYTES)) {
      Fd socket = acquired.add(open(listening.family()));
      one.putInt(0, 1);
      check(
          LibC.setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, one.address(), Integer.BYTES),
          "setsockopt(SO_REUSEADDR)");
      listen(socket, listening, backlog, address.toString());
      acquired.keep();
      return socket;
    }
  }

  /**
   * Listens on a path, which must not exist.
   *
   * @param backlog connections that may wait, at least 1
   * @throws PosixException EADDRINUSE when it exists, ENOENT, EACCES; ENAMETOOLONG
   */
  public static Fd unix(Path path, int backlog) throws PosixException {
    SocketAddress listening = SocketAddress.of(path);
    try (Acquired acquired = new Acquired()) {
      Fd socket = acquired.add(open(listening.family()));
      listen(socket, listening, backlog, path.toString());
      acquired.keep();
      return socket;
    }
  }

  private static Fd open(int family) throws PosixException {
    return Fd.adopt(check(LibC.socket(family, SOCK_STREAM_CLOEXEC, 0), "socket", family));
  }

  private static void listen(Fd socket, SocketAddress address, int backlog, String shown)
      throws PosixException {
    PromptThread.assertNotOn("bind", shown);
    try (NativeMemory memory = address.toMemory()) {
      check(LibC.bind(socket.number(), memory.address(), address.length()), "bind", shown);
      check(LibC.listen(socket.number(), backlog), "listen", shown);
    }
  }
}
