package ee.supervisor;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/security.md to its word: the tests that it names exist. */
class DocumentedTestsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)\\.(\\w+)`");

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> sources = sources();
    String document = Files.readString(ROOT.resolve("docs/security.md"));
    List<MatchResult> named = NAMED.matcher(document).results().toList();
    assertThat(named).hasSizeGreaterThan(50);
    assertThat(named)
        .filteredOn(
            test ->
                !sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
        .extracting(MatchResult::group)
        .isEmpty();
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("Test.java"))
          .collect(
              toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  DocumentedTestsTest::text,
                  // some names stand in two packages
                  String::concat));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
