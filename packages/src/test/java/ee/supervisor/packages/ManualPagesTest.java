package ee.supervisor.packages;

import static ee.supervisor.testing.Requirement.MANDOC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManualPagesTest {
  private static final Path STAGE = Path.of("target/stage");

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(STAGE.resolve("share/man"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  @Requires(MANDOC)
  void mandocFindsNothingWrong(Path page) throws Exception {
    Process lint =
        new ProcessBuilder("mandoc", "-Tlint", "-Wwarning", page.toString())
            .redirectErrorStream(true)
            .start();
    String found = new String(lint.getInputStream().readAllBytes(), UTF_8);
    assertThat(lint.waitFor(1, TimeUnit.MINUTES)).isTrue();
    // other pages need not be installed here
    assertThat(found.lines().filter(line -> !line.contains("referenced manual not found")))
        .isEmpty();
  }

  @Test
  void everyProgramHasOne() throws IOException {
    try (Stream<Path> programs = Files.list(STAGE.resolve("bin"))) {
      assertThat(programs)
          .allSatisfy(
              program ->
                  assertThat(STAGE.resolve("share/man/man1/" + program.getFileName() + ".1"))
                      .exists());
    }
  }
}
