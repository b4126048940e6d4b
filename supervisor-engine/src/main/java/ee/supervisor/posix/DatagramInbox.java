package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import ee.supervisor.text.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A Unix socket that takes datagrams, each with the kernel's word for who sent it (SO_PASSCRED,
 * unix(7)). It has an abstract name: there is no file that could be left behind or be in a
 * directory where its senders cannot go, whatever user they are.
 *
 * <p>Descriptors that come along never arrive here, since there is no room for them in what is
 * asked for: the kernel closes them.
 */
public final class DatagramInbox implements AutoCloseable {
  private static final int SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0x80000 | 0x800;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PASSCRED = 16;
  private static final int NAME_BYTES = 16;

  /** As service managers take them (sd_notify(3)). */
  private static final int LONGEST = 4096;

  /** struct msghdr on 64-bit Linux. */
  private static final int MSGHDR_BYTES = 56;

  private static final int MSGHDR_IOV = 16;
  private static final int MSGHDR_IOV_COUNT = 24;
  private static final int MSGHDR_CONTROL = 32;
  private static final int MSGHDR_CONTROL_LENGTH = 40;
  private static final int MSGHDR_FLAGS = 48;
  private static final int IOVEC_BYTES = 16;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;

  /** struct cmsghdr with a struct ucred behind it, padded to 8 bytes: room for nothing else. */
  private static final int CONTROL_BYTES = 32;

  private static final int CMSG_LEVEL = 8;
  private static final int CMSG_TYPE = 12;
  private static final int CMSG_DATA = 16;
  private static final int SCM_CREDENTIALS = 2;

  private final String name;
  private final Fd fd;
  private final ByteBuffer data = ByteBuffer.allocateDirect(LONGEST);
  private final NativeMemory control = new NativeMemory(CONTROL_BYTES);
  private final NativeMemory vector = new NativeMemory(IOVEC_BYTES);
  private final NativeMemory header = new NativeMemory(MSGHDR_BYTES);

  private DatagramInbox(String name, Fd fd) {
    this.name = name;
    this.fd = fd;
  }

  /**
   * What was sent.
   *
   * @param pid the sender's process id, 0 when it is of another world (a pid namespace)
   * @param uid the sender's user
   * @param whole whether all of it arrived
   */
  public record Datagram(Bytes data, int pid, int uid, boolean whole) {}

  /** Opens one under a name that cannot be guessed, which begins with {@code prefix}. */
  public static DatagramInbox open(String prefix) throws IOException {
    String name = "@" + prefix + HexFormat.of().formatHex(random());
    SocketAddress address = SocketAddress.unix(name);
    try (Acquired acquired = new Acquired();
        NativeMemory memory = address.toMemory();
        NativeMemory one = new NativeMemory(Integer.BYTES)) {
      Fd fd =
          acquired.add(
              OpenFileLimit.outOfTheWay(
                  new Fd(
                      check(
                          LibC.socket(address.family(), SOCK_DGRAM_CLOEXEC_NONBLOCK, 0),
                          "socket(AF_UNIX)"))));
      one.putInt(0, 1);
      check(
          LibC.setsockopt(fd.number(), SOL_SOCKET, SO_PASSCRED, one.address(), Integer.BYTES),
          "setsockopt(SO_PASSCRED)");
      check(LibC.bind(fd.number(), memory.address(), address.length()), "bind", name);
      acquired.keep();
      return new DatagramInbox(name, fd);
    }
  }

  private static byte[] random() throws IOException {
    try (InputStream source = Files.newInputStream(Path.of("/dev/urandom"))) {
      return source.readNBytes(NAME_BYTES);
    }
  }

  /** Its name, as {@code NOTIFY_SOCKET} has it. */
  public String name() {
    return name;
  }

  /** What to wait for: readable when something has come. */
  public Fd fd() {
    return fd;
  }

  /** The next datagram, if one has come. For one thread at a time. */
  public Optional<Datagram> receive() throws PosixException {
    vector.putLong(0, Native.addressOf(data));
    vector.putLong(Long.BYTES, LONGEST);
    header.putLong(MSGHDR_IOV, vector.address());
    header.putLong(MSGHDR_IOV_COUNT, 1);
    header.putLong(MSGHDR_CONTROL, control.address());
    header.putLong(MSGHDR_CONTROL_LENGTH, CONTROL_BYTES);
    header.putInt(MSGHDR_FLAGS, 0);
    long count = LibC.recvmsg(fd.number(), header.address(), MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (count < 0) {
      Errno errno = Native.errno();
      if (errno.equals(Errno.EAGAIN) || errno.equals(Errno.EINTR)) {
        return Optional.empty();
      }
      throw new PosixException("recvmsg(" + name + ")", errno);
    }
    byte[] bytes = new byte[(int) count];
    data.get(0, bytes);
    boolean known =
        header.getLong(MSGHDR_CONTROL_LENGTH) >= CMSG_DATA + 3 * Integer.BYTES
            && control.getInt(CMSG_LEVEL) == SOL_SOCKET
            && control.getInt(CMSG_TYPE) == SCM_CREDENTIALS;
    return Optional.of(
        new Datagram(
            Bytes.copyOf(bytes),
            known ? control.getInt(CMSG_DATA) : 0,
            known ? control.getInt(CMSG_DATA + Integer.BYTES) : -1,
            (header.getInt(MSGHDR_FLAGS) & MSG_TRUNC) == 0));
  }

  @Override
  public void close() {
    fd.close();
  }
}
