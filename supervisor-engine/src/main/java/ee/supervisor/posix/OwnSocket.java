package ee.supervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A TCP connection of this process that somebody else's code holds: an application server's, whose
 * own objects do not tell how much of what was written is still to be sent.
 */
public final class OwnSocket {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** Of ioctl(2): bytes sent and not confirmed (tcp(7), SIOCOUTQ). */
  private static final int TIOCOUTQ = 0x5411;

  private final int number;
  private final Path link;

  private OwnSocket(int number, Path link) {
    this.number = number;
    this.link = link;
  }

  /** The socket of that inode, if it is one of this process. */
  public static Optional<OwnSocket> ofInode(long inode) {
    Path link = Path.of("socket:[" + inode + "]");
    try {
      for (int number : OpenDescriptors.numbers()) {
        if (leadsTo(number, link)) {
          return Optional.of(new OwnSocket(number, link));
        }
      }
    } catch (PosixException e) {
      return Optional.empty(); // no /proc: nothing is known of it
    }
    return Optional.empty();
  }

  /** Bytes that were sent by it and that the other side has not confirmed; empty once closed. */
  public OptionalLong unconfirmed() {
    try (NativeMemory count = new NativeMemory(Integer.BYTES)) {
      // the number may be another file's by now
      boolean known = leadsTo(number, link) && LibC.ioctl(number, TIOCOUTQ, count.address()) == 0;
      return known ? OptionalLong.of(count.getInt(0)) : OptionalLong.empty();
    }
  }

  private static boolean leadsTo(int number, Path link) {
    try {
      return Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(number))).equals(link);
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
