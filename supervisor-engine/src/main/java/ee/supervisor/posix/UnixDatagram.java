package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Sends datagrams to a Unix-domain socket, such as the host's syslog; the JDK has streams only. */
public final class UnixDatagram implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0x80000 | 0x800;

  /** sun_path of struct sockaddr_un, its closing NUL included (unix(7)). */
  private static final int MAX_PATH_BYTES = 108;

  private final Fd fd;

  private UnixDatagram(Fd fd) {
    this.fd = fd;
  }

  /**
   * Connects to the socket at {@code path}.
   *
   * @throws PosixException ENOENT when there is none, ECONNREFUSED when nobody reads it
   */
  public static UnixDatagram connect(Path path) throws PosixException {
    byte[] name = path.toString().getBytes(UTF_8);
    if (name.length >= MAX_PATH_BYTES) {
      throw new PosixException("connect(" + path + ")", Errno.EINVAL);
    }
    ByteBuffer address = ByteBuffer.allocateDirect(Short.BYTES + MAX_PATH_BYTES);
    address.order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX).put(name);
    try (Acquired acquired = new Acquired()) {
      Fd fd =
          acquired.add(
              new Fd(
                  check(LibC.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC_NONBLOCK, 0), "socket(AF_UNIX)")));
      check(
          LibC.connect(fd.number(), Native.addressOf(address), address.capacity()),
          "connect",
          path);
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
