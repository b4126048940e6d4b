package ee.supervisor.ctl.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for the configuration file where the operator named none. */
final class ConfigSearch {
  private static final String FILE = "supervisord.conf";

  private ConfigSearch() {}

  /**
   * Looks beside the program, in the working directory, and below {@code /etc}.
   *
   * @param program the path by which the operator started us
   * @return the first file there is
   */
  static Optional<Path> find(Path program) {
    Path bin = program.getParent();
    Path home = bin == null || bin.getParent() == null ? Path.of("") : bin.getParent();
    return List.of(
            home.resolve("etc").resolve(FILE),
            home.resolve(FILE),
            Path.of(FILE),
            Path.of("etc", FILE),
            Path.of("/etc", FILE),
            Path.of("/etc/supervisor", FILE))
        .stream()
        .filter(Files::exists)
        .findFirst();
  }
}
