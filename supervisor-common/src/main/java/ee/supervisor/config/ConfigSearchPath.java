package ee.supervisor.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The places where supervisord and supervisorctl look for their file when none is named. */
public final class ConfigSearchPath {

  private ConfigSearchPath() {}

  /**
   * The places, the first that is there being taken: beside and above the program, then in the
   * current directory, then in {@code /etc}.
   *
   * @param program path of the program that was started, as it was started
   */
  public static List<String> places(String program) {
    String above = PosixPaths.directoryOf(PosixPaths.directoryOf(program));
    return List.of(
        PosixPaths.join(above, "etc/supervisord.conf"),
        PosixPaths.join(above, "supervisord.conf"),
        "supervisord.conf",
        "etc/supervisord.conf",
        "/etc/supervisord.conf",
        "/etc/supervisor/supervisord.conf");
  }

  /**
   * The first of the {@link #places} that is there.
   *
   * @param program path of the program that was started, as it was started
   * @param currentDirectory where relative places are
   * @throws ConfigException when none is there
   */
  public static String find(String program, Path currentDirectory) throws ConfigException {
    return first(places(program), currentDirectory);
  }

  /** The first of the {@link #places} that is there, looked for as by {@link #find}. */
  public static Optional<String> look(String program, Path currentDirectory) {
    return there(places(program), currentDirectory);
  }

  private static Optional<String> there(List<String> places, Path currentDirectory) {
    for (String place : places) {
      if (Files.exists(currentDirectory.resolve(place))) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  static String first(List<String> places, Path currentDirectory) throws ConfigException {
    Optional<String> found = there(places, currentDirectory);
    if (found.isPresent()) {
      return found.get();
    }
    throw new ConfigException(
        "No config file found at default paths (%s); use the -c option to specify a config file at a different path"
            .formatted(String.join(", ", places)));
  }
}
