package ee.supervisor.launcher.payara;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Removes what runs that were killed left beside the directory of this one. Anybody may have made a
 * directory of such a name in /tmp: only the user's own are looked at, by what is opened and not by
 * name, and a run that lives holds the lock in its own. Whatever fails stays as it is.
 */
final class Leftovers {
  /** A directory without a lock is being made, or was begun by a run that was killed at once. */
  private static final Duration MAKING = Duration.ofHours(1);

  private final String prefix;
  private final Path lock;
  private final UserPrincipal owner;

  /**
   * @param prefix of the names
   * @param lock name of the file in each that its run has locked
   * @param owner whose they have to be
   */
  Leftovers(String prefix, String lock, UserPrincipal owner) {
    this.prefix = prefix;
    this.lock = Path.of(lock);
    this.owner = owner;
  }

  /** Removes those in a directory. */
  void remove(Path directory) {
    try (SecureDirectoryStream<Path> parent = DirectoryTree.open(directory)) {
      List<Path> found = new ArrayList<>();
      for (Path entry : parent) {
        if (entry.getFileName().toString().startsWith(prefix)) {
          found.add(entry.getFileName());
        }
      }
      for (Path name : found) {
        removeIfDead(parent, name);
      }
    } catch (IOException | RuntimeException e) {
      // a directory that may be written to and not listed, say: nothing is lost but tidiness
    }
  }

  private void removeIfDead(SecureDirectoryStream<Path> parent, Path name) {
    try {
      boolean removed;
      try (SecureDirectoryStream<Path> run =
          parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        removed = emptyIfDead(run);
      }
      if (removed) {
        parent.deleteDirectory(name);
      }
    } catch (IOException | RuntimeException e) {
      // as above
    }
  }

  private boolean emptyIfDead(SecureDirectoryStream<Path> run) throws IOException {
    PosixFileAttributes attributes =
        run.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
    if (!attributes.owner().equals(owner)) {
      return false;
    }
    try (FileChannel held =
        (FileChannel)
            run.newByteChannel(lock, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
      if (held.tryLock() == null) {
        return false;
      }
      DirectoryTree.empty(run);
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (NoSuchFileException e) {
      if (attributes.lastModifiedTime().toInstant().isAfter(Instant.now().minus(MAKING))) {
        return false;
      }
      DirectoryTree.empty(run);
      return true;
    }
  }
}
