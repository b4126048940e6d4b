package ee.supervisor.output;

import ee.supervisor.posix.Acquired;
import ee.supervisor.posix.DescriptorPath;
import ee.supervisor.posix.DescriptorWriter;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.FileStatus;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.OpenFileLimit;
import ee.supervisor.posix.PosixException;
import java.nio.file.Path;

/**
 * What a log's path led to when it was opened.
 *
 * @param regular whether it is a file of ours on a disk, which may be rotated and has a size
 * @param size in bytes, of a regular one
 * @param writer writes to {@code fd} without waiting
 */
record OpenedLog(Fd fd, boolean regular, long size, DescriptorWriter writer) {
  /** Not blocking: a FIFO without reader is ENXIO rather than a wait, a slow one EAGAIN. */
  private static final int APPENDING = Kernel.O_WRONLY | Kernel.O_APPEND | Kernel.O_NONBLOCK;

  /**
   * Opens it, and makes the file if there is none.
   *
   * @param flags more of open(2), for a file
   * @param permissions of a file that is made, less the umask
   */
  static OpenedLog open(Path path, int flags, int permissions) throws PosixException {
    if (DescriptorPath.numberOf(path).isPresent()) {
      Path moved = DescriptorPath.toOpen(path);
      return ofDescriptor(moved, DescriptorPath.numberOf(moved).orElseThrow());
    }
    try (Acquired acquired = new Acquired()) {
      Fd fd = acquired.add(Kernel.open(path, APPENDING | Kernel.O_CREAT | flags, permissions));
      FileStatus status = Kernel.status(fd);
      boolean regular = status.isRegularFile() && !DescriptorPath.isFixed(path);
      OpenedLog opened =
          new OpenedLog(
              acquired.add(OpenFileLimit.outOfTheWay(fd)),
              regular,
              regular ? status.size() : 0,
              DescriptorWriter.PLAIN);
      acquired.keep();
      return opened;
    }
  }

  /**
   * A file is shared with whoever else writes to that descriptor, its position too: appended to by
   * a second one it would be overwritten by the first. A pipe or terminal is opened anew, so that
   * it need not be waited for; where that is refused (a socket; another user's) it is shared.
   */
  private static OpenedLog ofDescriptor(Path path, int number) throws PosixException {
    try (Acquired acquired = new Acquired()) {
      Fd copy = acquired.add(Kernel.duplicate(number));
      FileStatus status = Kernel.status(copy);
      if (!status.isRegularFile()) {
        try {
          Fd anew = Kernel.open(path, APPENDING, 0);
          copy.close();
          return new OpenedLog(anew, false, 0, DescriptorWriter.PLAIN);
        } catch (PosixException refused) {
          // shared, then
        }
      }
      OpenedLog shared = new OpenedLog(copy, false, 0, DescriptorWriter.shared(status));
      acquired.keep();
      return shared;
    }
  }
}
