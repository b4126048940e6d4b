package ee.supervisor.launcher.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The tree that supervisord.jar carries, unpacked into a cache of the user's: once for each version
 * of the jar, whole or not at all, however many start at the same time.
 */
final class UnpackedTree {
  private static final String PREFIX = "tree/";

  private UnpackedTree() {}

  /** Where to unpack, in order of preference. */
  static List<Path> caches(Map<String, String> environment) {
    List<Path> caches = new ArrayList<>();
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!cache.isEmpty()) {
      caches.add(Path.of(cache, "supervisord"));
    }
    String home = environment.getOrDefault("HOME", "");
    if (!home.isEmpty()) {
      caches.add(Path.of(home, ".cache", "supervisord"));
    }
    caches.add(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "supervisord-" + System.getProperty("user.name")));
    return caches;
  }

  /**
   * The tree of {@code jar}, unpacked now if it is not there yet.
   *
   * @throws IOException when none of {@code caches} can be used
   */
  static Path of(Path jar, List<Path> caches) throws IOException {
    String name = Files.getLastModifiedTime(jar).toMillis() + "-" + Files.size(jar);
    IOException refused = new IOException("nowhere to unpack to: " + caches);
    for (Path cache : caches) {
      try {
        claim(cache);
        Path tree = cache.resolve(name);
        return Files.isDirectory(tree) ? tree : unpack(jar, tree);
      } catch (IOException e) {
        refused.addSuppressed(e);
      }
    }
    throw refused;
  }

  /** What is executed from there must be nobody else's: in /tmp anybody can make a directory. */
  private static void claim(Path cache) throws IOException {
    if (!Files.exists(cache)) {
      Files.createDirectories(cache.getParent());
      Files.createDirectory(
          cache,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Object owner = Files.getAttribute(cache, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!owner.equals(self) || !Files.isDirectory(cache, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(cache + " belongs to somebody else");
    }
  }

  private static Path unpack(Path jar, Path tree) throws IOException {
    Path unfinished = Files.createTempDirectory(tree.getParent(), "unpacking");
    try (JarFile file = new JarFile(jar.toFile())) {
      Enumeration<JarEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(PREFIX) && !entry.isDirectory()) {
          Path target = unfinished.resolve(entry.getName().substring(PREFIX.length())).normalize();
          if (target.startsWith(unfinished)) {
            Files.createDirectories(target.getParent());
            try (InputStream content = file.getInputStream(entry)) {
              Files.copy(content, target);
            }
            if (target.getParent().endsWith("bin")) {
              Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
          }
        }
      }
    }
    return publish(unfinished, tree);
  }

  private static Path publish(Path unfinished, Path tree) throws IOException {
    try {
      return Files.move(unfinished, tree, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException
        | FileAlreadyExistsException
        | AtomicMoveNotSupportedException e) {
      if (Files.isDirectory(tree)) {
        // another supervisord.jar was faster; what this one unpacked is the same
        return tree;
      }
      throw e;
    }
  }
}
