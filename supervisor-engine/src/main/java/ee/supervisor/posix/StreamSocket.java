package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Connects stream sockets without waiting: what comes of it is seen when they are writable. */
public final class StreamSocket {
  private static final int SOCK_STREAM_CLOEXEC_NONBLOCK = 1 | 0x80000 | 0x800;
  private static final int SOL_SOCKET = 1;
  private static final int SO_ERROR = 4;

  private StreamSocket() {}

  /**
   * Begins to connect to a TCP port.
   *
   * @return the socket, to be waited for until it is writable
   * @throws PosixException when that is known to fail, or descriptors have run out
   */
  public static Fd connect(InetSocketAddress address) throws PosixException {
    return connect(SocketAddress.of(address), address.toString());
  }

  /**
   * Begins to connect to a Unix socket.
   *
   * @param place its path, or its abstract name behind an {@code @}
   * @throws PosixException ENOENT, ECONNREFUSED; EAGAIN when too many wait there already
   */
  public static Fd connectUnix(String place) throws PosixException {
    return connect(SocketAddress.unix(place), place);
  }

  private static Fd connect(SocketAddress address, String shown) throws PosixException {
    try (Acquired acquired = new Acquired();
        NativeMemory memory = address.toMemory()) {
      Fd socket =
          acquired.add(
              new Fd(
                  check(
                      LibC.socket(address.family(), SOCK_STREAM_CLOEXEC_NONBLOCK, 0), "socket()")));
      int result = LibC.connect(socket.number(), memory.address(), address.length());
      if (result < 0 && !Native.errno().equals(Errno.EINPROGRESS)) {
        throw new PosixException("connect(" + shown + ")", Native.errno());
      }
      acquired.keep();
      return socket;
    }
  }

  /** Why a socket that has become writable is not connected; empty if it is. */
  public static Optional<Errno> refusal(Fd socket) throws PosixException {
    try (NativeMemory error = new NativeMemory(Integer.BYTES);
        NativeMemory length = new NativeMemory(Integer.BYTES)) {
      length.putInt(0, Integer.BYTES);
      check(
          LibC.getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, error.address(), length.address()),
          "getsockopt(SO_ERROR)",
          socket);
      int number = error.getInt(0);
      return number == 0 ? Optional.empty() : Optional.of(new Errno(number));
    }
  }
}
