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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The tree that supervisord.jar carries, unpacked into a cache of the user's: once for each content
 * of the jar, whole or not at all, however many start at the same time. It is checked before each
 * use, since a cleaner of old files may have been there.
 */
final class UnpackedTree {
  private static final String PREFIX = "tree/";

  /** In the manifest, by the build: a digest of all files of the tree. */
  private static final String DIGEST = "Tree-Digest";

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
    if (TrustedDirectory.ownUid() == TrustedDirectory.ROOT) {
      // where HOME is another user's, as sudo may leave it
      caches.add(Path.of("/var/cache/supervisord"));
    }
    String name = "supervisord-" + System.getProperty("user.name");
    for (String temporary : List.of(environment.getOrDefault("TMPDIR", ""), "/tmp", "/var/tmp")) {
      if (!temporary.isEmpty()) {
        caches.add(Path.of(temporary, name));
      }
    }
    return caches;
  }

  /**
   * The tree of {@code jar}, unpacked now if it is not there yet.
   *
   * @throws IOException when none of {@code caches} can be used
   */
  static Path of(Path jar, List<Path> caches) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String digest =
          file.getManifest() == null
              ? null
              : file.getManifest().getMainAttributes().getValue(DIGEST);
      if (digest == null) {
        throw new IOException("no " + DIGEST + " in the manifest of " + jar);
      }
      List<String> reasons = new ArrayList<>();
      for (Path cache : caches) {
        try {
          TrustedDirectory.claim(cache);
          return unpacked(file, cache.resolve(digest));
        } catch (IOException e) {
          reasons.add(cache + " (" + e.getMessage() + ")");
        }
      }
      throw new IOException("nowhere to unpack to: " + reasons);
    }
  }

  private static Path unpacked(JarFile jar, Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      if (isWhole(jar, tree)) {
        return tree;
      }
      Path broken = Files.createTempDirectory(tree.getParent(), "broken");
      delete(Files.move(tree, broken.resolve("tree"), StandardCopyOption.ATOMIC_MOVE));
      Files.delete(broken);
    }
    return unpack(jar, tree);
  }

  private static List<JarEntry> entries(JarFile jar) {
    return jar.stream()
        .filter(entry -> entry.getName().startsWith(PREFIX) && !entry.isDirectory())
        .toList();
  }

  private static boolean isWhole(JarFile jar, Path tree) throws IOException {
    for (JarEntry entry : entries(jar)) {
      Path file = tree.resolve(entry.getName().substring(PREFIX.length()));
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) != entry.getSize()
          || checksum(file) != entry.getCrc()) {
        return false;
      }
    }
    return true;
  }

  private static long checksum(Path file) throws IOException {
    CRC32 checksum = new CRC32();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        checksum.update(buffer, 0, count);
      }
    }
    return checksum.getValue();
  }

  private static void delete(Path tree) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  private static Path unpack(JarFile jar, Path tree) throws IOException {
    Path unfinished = Files.createTempDirectory(tree.getParent(), "unpacking");
    try {
      for (JarEntry entry : entries(jar)) {
        Path target = unfinished.resolve(entry.getName().substring(PREFIX.length())).normalize();
        if (target.startsWith(unfinished)) {
          Files.createDirectories(target.getParent());
          try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, target);
          }
          if (target.getParent().endsWith("bin") || target.endsWith("make-archive")) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
      return publish(unfinished, tree);
    } catch (IOException e) {
      delete(unfinished);
      throw e;
    }
  }

  private static Path publish(Path unfinished, Path tree) throws IOException {
    try {
      return Files.move(unfinished, tree, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException
        | FileAlreadyExistsException
        | AtomicMoveNotSupportedException e) {
      if (Files.isDirectory(tree)) {
        // another supervisord.jar was faster; what this one unpacked is the same
        delete(unfinished);
        return tree;
      }
      throw e;
    }
  }
}
