package ee.supervisor.launcher.payara;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directory that one run of Payara writes to: its configuration and what it generates. Each run
 * has its own, so that any number of supervisords share one installation that need not be writable;
 * it goes when the run ends. Nobody else can foresee its name or look into it.
 */
public final class InstanceDirectory {
  private static final String PREFIX = "supervisord-payara.";

  /** Locked while the run lives. */
  private static final String LOCK = "lock";

  /** Twice what Payara writes: where there is less room it would fail half-way. */
  private static final int ROOM_BYTES = 256 << 10;

  private static final int ATTEMPTS = 10;

  private final Path root;
  private final Fd lock;

  private InstanceDirectory(Path root, Fd lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes one below the first parent that has room for it. What runs that were killed left there is
   * removed.
   *
   * @throws IOException when it can be made nowhere; the message names the places with the reasons
   */
  public static InstanceDirectory create(List<Path> parents) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (Path parent : parents) {
      try {
        return create(parent);
      } catch (IOException e) {
        reasons.add(parent + " (" + reason(e) + ")");
      }
    }
    throw new IOException("no writable directory for Payara's files: " + reasons);
  }

  private static String reason(Exception e) {
    return e instanceof FileSystemException refused && refused.getReason() != null
        ? refused.getReason()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static InstanceDirectory create(Path parent) throws IOException {
    Path root = Files.createTempDirectory(parent, PREFIX);
    InstanceDirectory directory = new InstanceDirectory(root, lock(root));
    try {
      new Leftovers(PREFIX, LOCK, Files.getOwner(root)).remove(parent);
      Files.createDirectory(root.resolve("config"));
      Files.createDirectory(root.resolve("docroot"));
      directory.write("room", new byte[ROOM_BYTES]);
      Files.delete(root.resolve("config/room"));
      return directory;
    } catch (IOException | RuntimeException e) {
      directory.delete();
      directory.leave();
      throw e;
    }
  }

  private static Fd lock(Path root) throws IOException {
    int flags = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL;
    try {
      Fd lock = Kernel.open(root.resolve(LOCK), flags, 0600);
      // where the file system knows no locks, nobody can take it for a dead run's either
      if (!Kernel.tryLock(lock, 0)) {
        lock.close();
        throw new IOException(root + " was taken");
      }
      return lock;
    } catch (IOException e) {
      Files.deleteIfExists(root.resolve(LOCK));
      Files.delete(root);
      throw e;
    }
  }

  Path root() {
    return root;
  }

  /** Copies a resource of this package into {@code config/}. */
  void fill(String resource) throws IOException {
    write(resource, resource(resource).getBytes(UTF_8));
  }

  /** Writes a file of {@code config/}. */
  void write(String name, byte[] content) throws IOException {
    Files.write(root.resolve("config").resolve(name), content);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = InstanceDirectory.class.getResourceAsStream(name)) {
      return new String(
          Optional.ofNullable(in)
              .orElseThrow(() -> new IOException("missing from the installation: " + name))
              .readAllBytes(),
          UTF_8);
    }
  }

  /**
   * Removes the directory with all that is in it. Payara, which may be amid its boot, writes on: so
   * the directory is taken out of its reach first, and a file in its place keeps Payara from making
   * it anew, until {@link #leave}.
   */
  public void delete() throws IOException {
    try (SecureDirectoryStream<Path> parent = DirectoryTree.open(root.getParent())) {
      for (Path gone : outOfReach()) {
        deleteTree(parent, gone);
      }
    }
  }

  /** Takes that file away: the last thing before the JVM ends, and Payara with it. */
  public void leave() throws IOException {
    Files.deleteIfExists(root);
    lock.close();
  }

  /** The name that the directory has now; names, where Payara was fast enough to make it anew. */
  private List<Path> outOfReach() throws IOException {
    List<Path> names = new ArrayList<>();
    while (true) {
      Path gone = root.resolveSibling(root.getFileName() + "-gone" + names.size());
      try {
        Files.move(root, gone, StandardCopyOption.ATOMIC_MOVE);
        names.add(gone.getFileName());
        Files.createFile(root);
        return names;
      } catch (NoSuchFileException e) {
        // a cleaner of old files was faster
        return names;
      } catch (FileAlreadyExistsException e) {
        if (names.size() == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** What was being written to when it was moved may make one more file in there. */
  private static void deleteTree(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        DirectoryTree.delete(parent, name);
        return;
      } catch (DirectoryNotEmptyException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
