package ee.supervisor.packages;

import static ee.supervisor.testing.Requirement.LINTIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Debian's own judge of packages says; what it is asked to overlook stands in the package. */
@Requires(LINTIAN)
class LintianTest {
  @Test
  void itFindsNothingWrong() throws Exception {
    List<String> command;
    try (Stream<Path> files = Files.list(Packages.DIRECTORY)) {
      command =
          Stream.concat(
                  Stream.of("lintian", "--allow-root", "--tag-display-limit", "0"),
                  files.map(Path::toString).filter(name -> name.endsWith(".deb")))
              .toList();
    }
    Process lintian = new ProcessBuilder(command).redirectErrorStream(true).start();
    String found = new String(lintian.getInputStream().readAllBytes(), UTF_8);
    lintian.waitFor();
    assertThat(found.lines().filter(line -> line.matches("[EW]: .*"))).isEmpty();
    assertThat(command).hasSizeGreaterThan(4);
  }
}
