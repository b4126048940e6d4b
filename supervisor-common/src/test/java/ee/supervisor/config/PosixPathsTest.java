package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PosixPathsTest {
  private final PosixPaths paths = paths(Map.of("HOME", "/home/me/"));

  private static PosixPaths paths(Map<String, String> environment) {
    return new PosixPaths(
        new Host(
            environment,
            Path.of("/start"),
            "host1",
            1000,
            "/tmp",
            KnownUsers.INSTANCE,
            "/there"::equals,
            ConfigFiles.ON_DISK,
            true));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b,/a/b",
    "a,/start/a",
    "/a//b/./c/../d/,/a/b/d",
    "/..,/",
    "//a,//a",
    "///a,/a",
    "~,/home/me",
    "~/x,/home/me/x",
    "~root/x,/root/x",
    "~nobody/x,/start/~nobody/x",
    "'',/start"
  })
  void aPathIsMadeAbsoluteAndTidy(String path, String normal) throws ConfigException {
    assertThat(paths.normalize(path)).isEqualTo(normal);
  }

  @Test
  void withoutHomeTheAccountTellsTheHomeDirectory() throws ConfigException {
    assertThat(paths(Map.of()).expandUser("~/x")).isEqualTo("/home/app/x");
  }

  @ParameterizedTest
  @CsvSource({"/a/b,/a", "/a,/", "a,''", "a/b/,a/b", "//a,//", "/a//b,/a"})
  void theDirectoryIsWhatStandsBeforeTheLastSlash(String path, String directory) {
    assertThat(PosixPaths.directoryOf(path)).isEqualTo(directory);
  }

  @ParameterizedTest
  @CsvSource({"/a,b,/a/b", "/a/,b,/a/b", "/a,/b,/b", "'',b,b"})
  void aPathIsSeenFromADirectory(String directory, String path, String joined) {
    assertThat(PosixPaths.join(directory, path)).isEqualTo(joined);
  }

  @ParameterizedTest
  @CsvSource({"/there/x.log", "x.log"})
  void aFileInADirectoryThatIsThereStaysAsItIs(String path) throws ConfigException {
    assertThat(paths.file(path)).isEqualTo(path);
  }

  @Test
  void aFileInADirectoryThatIsNotThereIsTold() {
    assertThatThrownBy(() -> paths.file("/nowhere/x.log"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The directory named as part of the path /nowhere/x.log does not exist");
  }

  @Test
  void aDirectoryThatIsNotThereIsTold() {
    assertThatThrownBy(() -> paths.directory("/nowhere"))
        .hasMessage("/nowhere is not an existing directory");
  }
}
