package ee.supervisor.output;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.LogLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoLogFilesTest {
  @TempDir Path directory;

  @Test
  void theFilesOfEarlierRunsGoAndOthersStay() throws Exception {
    Path children = Files.createDirectory(directory.resolve("children"));
    for (String name :
        new String[] {
          "talk-stdout---supervisor-abcdefgh.log",
          "talk-stderr---supervisor-abcdefgh.log.10",
          "talk-stdout---other-abcdefgh.log",
          "talk.log",
          "---supervisor-abcdefgh.log"
        }) {
      Files.createFile(children.resolve(name));
    }
    cleanUp(children);

    try (var left = Files.list(children)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "talk-stdout---other-abcdefgh.log", "talk.log", "---supervisor-abcdefgh.log");
    }
  }

  @Test
  void whatCannotBeRemovedIsTold() throws Exception {
    Path stubborn = Files.createDirectory(directory.resolve("x---supervisor-abcdefgh.log"));

    assertThat(cleanUp(directory)).contains("WARN Failed to clean up '" + stubborn + "'");
  }

  @Test
  void aMissingDirectoryIsTold() throws Exception {
    assertThat(cleanUp(directory.resolve("none"))).contains("WARN Could not clear childlog dir");
  }

  private String cleanUp(Path children) throws Exception {
    Path file = directory.resolve("supervisord.log");
    try (ActivityLog log = ActivityLog.open(OutputFixture.settings(file, LogLevel.INFO))) {
      AutoLogFiles.cleanUp(children, "supervisor", log);
    }
    return Files.readString(file);
  }
}
