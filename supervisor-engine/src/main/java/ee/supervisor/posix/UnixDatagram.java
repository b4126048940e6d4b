package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Sends datagrams to a Unix-domain socket, such as the host's syslog; the JDK has streams only. */
public final class UnixDatagram implements AutoCloseable {
  private static final int SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0x80000 | 0x800;

  private final Fd fd;

  private UnixDatagram(Fd fd) {
    this.fd = fd;
  }

  /**
   * Connects to the socket at {@code path}; one that begins with {@code @} is an abstract name.
   *
   * @throws PosixException ENOENT when there is none, ECONNREFUSED when nobody reads it
   */
  public static UnixDatagram connect(Path path) throws PosixException {
    SocketAddress address = SocketAddress.of(path);
    try (Acquired acquired = new Acquired();
        NativeMemory memory = address.toMemory()) {
      Fd fd =
          acquired.add(
              new Fd(
                  check(
                      LibC.socket(address.family(), SOCK_DGRAM_CLOEXEC_NONBLOCK, 0),
                      "socket(AF_UNIX)")));
      check(LibC.connect(fd.number(), memory.address(), address.length()), "connect", path);
      UnixDatagram connected = new UnixDatagram(fd);
      acquired.keep();
      return connected;
    }
  }

  /**
   * Sends one datagram without waiting; one that the receiver has no room for is lost.
   *
   * @param datagram a direct buffer, consumed when it is sent
   * @throws PosixException EMSGSIZE when it is too long, ECONNREFUSED when the receiver has gone
   */
  public void send(ByteBuffer datagram) throws PosixException {
    Kernel.write(fd, datagram);
  }

  @Override
  public void close() {
    fd.close();
  }
}
