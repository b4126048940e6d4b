package ee.supervisor.launcher.payara;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * Directories as the kernel has them open, not as their names say: what somebody puts in the place
 * of a name meanwhile, a link to another's files say, is never entered and never emptied.
 */
final class DirectoryTree {
  private DirectoryTree() {}

  /**
   * Opens a directory for what follows.
   *
   * @throws IOException when the system has no such way
   */
  @SuppressWarnings("StreamResourceLeak") // the caller's to close
  static SecureDirectoryStream<Path> open(Path directory) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException("no openat(2) for " + directory);
  }

  /** Removes an entry with all that is in it, if it is there. */
  static void delete(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    try {
      if (isDirectory(parent, name)) {
        try (SecureDirectoryStream<Path> directory =
            parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          empty(directory);
        }
        parent.deleteDirectory(name);
      } else {
        parent.deleteFile(name);
      }
    } catch (NoSuchFileException e) {
      // somebody else was faster
    }
  }

  /** Removes all entries. */
  static void empty(SecureDirectoryStream<Path> directory) throws IOException {
    try {
      for (Path entry : directory) {
        delete(directory, entry.getFileName());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    return parent
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }
}
