package ee.supervisor.launcher.payara;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory that one run of Payara writes to: its configuration and what it generates. Each run
 * has its own, so that any number of supervisords share one installation that need not be writable;
 * it goes when the run ends.
 */
final class InstanceDirectory {
  private static final Pattern NAME = Pattern.compile("supervisord-payara-(\\d+)");

  private final Path root;

  private InstanceDirectory(Path root) {
    this.root = root;
  }

  /**
   * Makes the directory of this process, below the first parent that can be written to. What
   * processes that are gone (killed, crashed) left there is removed.
   *
   * @throws IOException when it can be made nowhere; the message names the places
   */
  static InstanceDirectory create(List<Path> parents, int pid, IntPredicate isAlive)
      throws IOException {
    IOException refused = new IOException("no writable directory for Payara's files: " + parents);
    for (Path parent : parents) {
      try {
        removeLeftovers(parent, isAlive);
        Path root = parent.resolve("supervisord-payara-" + pid);
        deleteTree(root);
        Files.createDirectory(
            root,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(root.resolve("config"));
        Files.createDirectories(root.resolve("docroot"));
        return new InstanceDirectory(root);
      } catch (IOException e) {
        refused.addSuppressed(e);
      }
    }
    throw refused;
  }

  private static void removeLeftovers(Path parent, IntPredicate isAlive) throws IOException {
    List<Path> entries;
    try (Stream<Path> listing = Files.list(parent)) {
      entries = listing.toList();
    }
    for (Path entry : entries) {
      Matcher name = NAME.matcher(entry.getFileName().toString());
      if (name.matches()
          && Files.isWritable(entry)
          && !isAlive.test(Integer.parseInt(name.group(1)))) {
        deleteTree(entry);
      }
    }
  }

  Path root() {
    return root;
  }

  /**
   * Copies a resource of this package into {@code config/}, with every {@code @name@} filled in.
   */
  void fill(String resource, Map<String, String> values) throws IOException {
    String text = resource(resource);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    write(resource, text.getBytes(UTF_8));
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

  /** Removes the directory with all that is in it. */
  void delete() throws IOException {
    deleteTree(root);
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> contents = Files.walk(tree)) {
      for (Path path : contents.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
