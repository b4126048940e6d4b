package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** An address as bind(2) and connect(2) take it. */
final class SocketAddress {
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  /** Longest path of a unix socket, its NUL not counted (unix(7)). */
  private static final int UNIX_PATH_BYTES = 107;

  private final int family;
  private final byte[] bytes;

  private SocketAddress(int family, byte[] bytes) {
    this.family = family;
    this.bytes = bytes;
  }

  static SocketAddress of(InetSocketAddress address) {
    byte[] host = address.getAddress().getAddress();
    boolean v4 = host.length == Integer.BYTES;
    SocketAddress made = new SocketAddress(v4 ? AF_INET : AF_INET6, new byte[v4 ? 16 : 28]);
    ByteBuffer rest = made.afterFamily().putShort((short) address.getPort());
    if (!v4) {
      rest.putInt(0);
    }
    rest.put(host);
    return made;
  }

  /**
   * A path.
   *
   * @throws PosixException ENAMETOOLONG
   */
  static SocketAddress of(Path path) throws PosixException {
    return unix(path.toString());
  }

  /**
   * A path, or an abstract name behind an {@code @}.
   *
   * @throws PosixException ENAMETOOLONG
   */
  static SocketAddress unix(String place) throws PosixException {
    byte[] name = place.getBytes(UTF_8);
    if (name.length > UNIX_PATH_BYTES) {
      throw new PosixException("unix socket " + place, Errno.ENAMETOOLONG);
    }
    boolean hasName = place.startsWith("@");
    if (hasName) {
      name[0] = 0;
    }
    // all bytes of a name count, a path has a NUL behind it
    int size = Short.BYTES + name.length + (hasName ? 0 : 1);
    SocketAddress made = new SocketAddress(AF_UNIX, new byte[size]);
    made.afterFamily().put(name);
    return made;
  }

  /** The family is in the machine's byte order, all else in the network's. */
  private ByteBuffer afterFamily() {
    ByteBuffer sockaddr = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    return sockaddr.putShort((short) family).order(ByteOrder.BIG_ENDIAN);
  }

  /** The kind of socket that has such addresses. */
  int family() {
    return family;
  }

  /** A struct sockaddr of that family, for one call. */
  NativeMemory toMemory() {
    return NativeMemory.ofBytes(bytes);
  }

  int length() {
    return bytes.length;
  }
}
