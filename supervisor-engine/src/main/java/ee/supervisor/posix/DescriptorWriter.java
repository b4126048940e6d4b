package ee.supervisor.posix;

import java.nio.ByteBuffer;

/** How a kind of file is written without waiting. */
@FunctionalInterface
public interface DescriptorWriter {
  /** For files on a disk, and for what was opened with O_NONBLOCK. */
  DescriptorWriter PLAIN = Kernel::write;

  /**
   * As {@link Kernel#write}.
   *
   * @param data a direct buffer; its position is advanced by what was written
   * @return the number of bytes, or {@link Kernel#WOULD_BLOCK}
   */
  int write(Fd fd, ByteBuffer data) throws PosixException;

  /**
   * The way to write to a descriptor that other processes hold as well: O_NONBLOCK would be theirs
   * too.
   *
   * @param kind of what it leads to
   */
  static DescriptorWriter shared(FileStatus kind) {
    if (kind.isRegularFile()) {
      return PLAIN;
    }
    return kind.isSocket() ? Kernel::sendNow : Kernel::writeNow;
  }
}
