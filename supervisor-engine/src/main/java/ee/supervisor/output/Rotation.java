package ee.supervisor.output;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * When a log file is set aside, and what becomes of the older ones ({@code *_logfile_maxbytes},
 * {@code *_logfile_backups}).
 *
 * @param maxBytes size in bytes at which a file is set aside, 0 for never
 * @param backups how many are kept, as {@code name.1} (the newest) and on; with 0 the file is
 *     emptied
 */
record Rotation(long maxBytes, long backups) {
  /** Never rotates. */
  static final Rotation NEVER = new Rotation(0, 0);

  boolean isDue(long size) {
    return maxBytes > 0 && size >= maxBytes;
  }

  /** Moves {@code path} to {@code path.1}, and the older ones each one further; the oldest goes. */
  void setAside(Path path) throws IOException {
    if (backups <= 0) {
      return;
    }
    for (long i = backups - 1; i > 0; i--) {
      moveIfPresent(numbered(path, i), numbered(path, i + 1));
    }
    moveIfPresent(path, numbered(path, 1));
  }

  /** A link is moved as it is, and a directory is refused by the kernel; the rest is not ours. */
  private static void requireFile(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isOther()) {
      throw new FileSystemException(path.toString(), null, path + " is not a regular file");
    }
  }

  private static Path numbered(Path path, long number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private static void moveIfPresent(Path from, Path to) throws IOException {
    requireFile(from);
    requireFile(to);
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Somebody cleaned up, or there are not that many yet.
    }
  }
}
