package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/security.md claims is held by tests that exist. */
class SecurityDocumentTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z][A-Za-z0-9]*Test)\\.([a-zA-Z0-9]+)`");
  private static final Pattern CLAIM = Pattern.compile("\\| [^-|][^|]*\\|[^|]*\\|[^|]*\\|");

  private static List<String> lines() throws IOException {
    return Files.readAllLines(PROJECT.resolve("docs/security.md"));
  }

  private static String source(String test) throws IOException {
    try (Stream<Path> modules = Files.list(PROJECT)) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files =
              Files.find(tests, 20, (file, kind) -> file.endsWith(test + ".java"))) {
            for (Path found : files.toList()) {
              return Files.readString(found);
            }
          }
        }
      }
    }
    return "";
  }

  @Test
  void eachTestThatItNamesExists() throws IOException {
    for (MatchResult named : NAMED.matcher(String.join("\n", lines())).results().toList()) {
      assertThat(source(named.group(1)))
          .as(named.group())
          .contains(" void " + named.group(2) + "(");
    }
  }

  @Test
  void eachClaimNamesATest() throws IOException {
    List<String> claims =
        lines().stream()
            .filter(line -> CLAIM.matcher(line).matches() && !line.contains("held by"))
            .toList();
    assertThat(claims).hasSizeGreaterThan(30).allMatch(line -> NAMED.matcher(line).find());
  }
}
