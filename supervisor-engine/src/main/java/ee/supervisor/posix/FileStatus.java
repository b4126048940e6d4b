package ee.supervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a descriptor leads to (fstat(2)).
 *
 * @param links how many names it has in directories; 0 once it has been removed
 * @param mode kind and permission bits, as st_mode
 * @param size length in bytes of a regular file; of no meaning for others
 */
public record FileStatus(int links, int mode, long size) {
  /** The same on all architectures, which struct stat is not (statx(2)). */
  static final int STATX_BYTES = 256;

  private static final int STATX_LINKS_OFFSET = 16;
  private static final int STATX_MODE_OFFSET = 28;
  private static final int STATX_SIZE_OFFSET = 40;
  private static final int KIND_MASK = 0xF000;
  private static final int REGULAR = 0x8000;
  private static final int DIRECTORY = 0x4000;
  private static final int FIFO = 0x1000;
  private static final int SOCKET = 0xC000;

  static FileStatus of(NativeMemory statx) {
    return new FileStatus(
        statx.getInt(STATX_LINKS_OFFSET),
        statx.getUnsignedShort(STATX_MODE_OFFSET),
        statx.getLong(STATX_SIZE_OFFSET));
  }

  /** As the JDK finds it out, whatever calls it has for that; empty when it finds none. */
  static Optional<FileStatus> byTheJdk(String path) {
    try {
      Map<String, Object> found = Files.readAttributes(Path.of(path), "unix:nlink,mode,size");
      return Optional.of(
          new FileStatus(
              (int) found.get("nlink"), (int) found.get("mode"), (long) found.get("size")));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** True for a file on a disk, which has an end to append to and can be rotated. */
  public boolean isRegularFile() {
    return (mode & KIND_MASK) == REGULAR;
  }

  /** True for a directory. */
  public boolean isDirectory() {
    return (mode & KIND_MASK) == DIRECTORY;
  }

  /** True for a socket, by its descriptor or by its name. */
  public boolean isSocket() {
    return (mode & KIND_MASK) == SOCKET;
  }

  /** True for a pipe or FIFO. */
  public boolean isFifo() {
    return (mode & KIND_MASK) == FIFO;
  }
}
