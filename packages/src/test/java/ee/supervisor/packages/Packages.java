package ee.supervisor.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The packages that were built. */
final class Packages {
  static final Path DIRECTORY = Path.of("target/packages").toAbsolutePath();

  private Packages() {}

  /** Debian's for this machine. */
  static Path debian() throws IOException {
    String machine = System.getProperty("os.arch");
    return matching("*_" + (machine.equals("aarch64") ? "arm64" : machine) + ".deb");
  }

  /** The one whose name matches. */
  static Path matching(String glob) throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      List<Path> found =
          files
              .filter(
                  file ->
                      file.getFileSystem()
                          .getPathMatcher("glob:" + glob)
                          .matches(file.getFileName()))
              .toList();
      if (found.size() != 1) {
        throw new AssertionError(glob + " in " + DIRECTORY + " is " + found);
      }
      return found.get(0);
    }
  }
}
