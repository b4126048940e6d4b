package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSearchPathTest {
  @TempDir private Path directory;

  @Test
  void thePlacesAreThoseOfSupervisor() {
    assertThat(ConfigSearchPath.places("/opt/supervisor/bin/supervisord"))
        .containsExactly(
            "/opt/supervisor/etc/supervisord.conf",
            "/opt/supervisor/supervisord.conf",
            "supervisord.conf",
            "etc/supervisord.conf",
            "/etc/supervisord.conf",
            "/etc/supervisor/supervisord.conf");
  }

  @Test
  void aProgramStartedByARelativePathIsSeenFromTheCurrentDirectory() throws Exception {
    make("top/supervisord.conf");
    assertThat(ConfigSearchPath.find("top/bin/supervisord", directory))
        .isEqualTo("top/supervisord.conf");
  }

  @Test
  void theFirstPlaceThatHasAFileIsTaken() throws Exception {
    make("etc/supervisord.conf");
    make("supervisord.conf");
    assertThat(ConfigSearchPath.find("/nowhere/bin/supervisord", directory))
        .isEqualTo("supervisord.conf");
  }

  @Test
  void allPlacesAreToldWhenNoneHasAFile() {
    assertThatThrownBy(() -> ConfigSearchPath.first(List.of("a.conf", "/b/c.conf"), directory))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "No config file found at default paths (a.conf, /b/c.conf); use the -c option to"
                + " specify a config file at a different path");
  }

  private void make(String name) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    Files.createFile(directory.resolve(name));
  }
}
