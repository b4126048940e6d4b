package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Makes listening stream sockets that a child may be given (socket(2), bind(2), listen(2)). */
public final class ListeningSocket {
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;

  /** Longest path of a unix socket, its NUL not counted (unix(7)). */
  private static final int UNIX_PATH_BYTES = 107;

  private ListeningSocket() {}

  /**
   * Listens on a TCP port; the address may be taken over from connections in TIME_WAIT.
   *
   * @param backlog connections that may wait, at least 1
   * @throws PosixException EADDRINUSE, EADDRNOTAVAIL, EACCES
   */
  public static Fd tcp(InetSocketAddress address, int backlog) throws PosixException {
    boolean v4 = address.getAddress().getAddress().length == Integer.BYTES;
    try (Acquired acquired = new Acquired();
        NativeMemory one = new NativeMemory(Integer.BYTES)) {
      Fd socket = acquired.add(open(v4 ? AF_INET : AF_INET6));
      one.putInt(0, 1);
      check(
          LibC.setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, one.address(), Integer.BYTES),
          "setsockopt(SO_REUSEADDR)");
      listen(socket, v4 ? inet4(address) : inet6(address), backlog, address.toString());
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
    byte[] name = path.toString().getBytes(UTF_8);
    if (name.length > UNIX_PATH_BYTES) {
      throw new PosixException("bind(" + path + ")", Errno.ENAMETOOLONG);
    }
    ByteBuffer address = ByteBuffer.allocate(Short.BYTES + name.length + 1);
    address.order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX).put(name);
    try (Acquired acquired = new Acquired()) {
      Fd socket = acquired.add(open(AF_UNIX));
      listen(socket, address.array(), backlog, path.toString());
      acquired.keep();
      return socket;
    }
  }

  private static Fd open(int family) throws PosixException {
    return Fd.adopt(check(LibC.socket(family, SOCK_STREAM_CLOEXEC, 0), "socket", family));
  }

  private static void listen(Fd socket, byte[] address, int backlog, String shown)
      throws PosixException {
    PromptThread.assertNotOn("bind", shown);
    try (NativeMemory memory = NativeMemory.ofBytes(address)) {
      check(LibC.bind(socket.number(), memory.address(), address.length), "bind", shown);
      check(LibC.listen(socket.number(), backlog), "listen", shown);
    }
  }

  private static byte[] inet4(InetSocketAddress address) {
    ByteBuffer sockaddr = ByteBuffer.allocate(16);
    family(sockaddr, AF_INET);
    return sockaddr
        .putShort((short) address.getPort())
        .put(address.getAddress().getAddress())
        .array();
  }

  private static byte[] inet6(InetSocketAddress address) {
    ByteBuffer sockaddr = ByteBuffer.allocate(28);
    family(sockaddr, AF_INET6);
    InetAddress host = address.getAddress();
    return sockaddr.putShort((short) address.getPort()).putInt(0).put(host.getAddress()).array();
  }

  /** The family is in the machine's byte order, all else in the network's. */
  private static void family(ByteBuffer sockaddr, int family) {
    sockaddr.order(ByteOrder.nativeOrder()).putShort((short) family);
    sockaddr.order(ByteOrder.BIG_ENDIAN);
  }
}
