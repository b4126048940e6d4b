package ee.supervisor.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The places where supervisord and supervisorctl look for their file when they are not told. */
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

  static String first(List<String> places, Path currentDirectory) throws ConfigException {
    for (String place : places) {
      if (Files.exists(currentDirectory.resolve(place))) {
        return place;
      }
    }
    throw new ConfigException(
        "No config file found at default paths (%s); use the -c option to specify a config file at a different path"
            .formatted(String.join(", ", places)));
  }
}
