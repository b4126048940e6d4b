package ee.supervisor;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the documents to their word: the tests and classes that they name exist. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)\\.(\\w+)`");

  /** A class, and perhaps its package before it and a method or nested class behind it. */
  private static final Pattern CLASS =
      Pattern.compile("`(?:[a-z]+\\.)?([A-Z][a-z]\\w*)(?:\\.(\\w+)(?:\\(\\))?)?`");

  /** What is not ours among the names in the form of a class. */
  private static final Set<String> FOREIGN = Set.of("CompletionStage", "Error");

  @Test
  void everyTestThatSecurityIsClaimedByIsThere() throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> named = matches(TEST, "docs/security.md");
    assertThat(named).hasSizeGreaterThan(50);
    assertThat(named)
        .filteredOn(
            test ->
                !sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
        .extracting(MatchResult::group)
        .isEmpty();
  }

  @Test
  void everyClassThatTheArchitectureNamesIsThere() throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> named = matches(CLASS, "docs/architecture.md");
    assertThat(named).hasSizeGreaterThan(50);
    assertThat(named)
        .filteredOn(name -> !FOREIGN.contains(name.group(1)) && !isThere(name, sources))
        .extracting(MatchResult::group)
        .isEmpty();
  }

  private static boolean isThere(MatchResult name, Map<String, String> sources) {
    String source = sources.get(name.group(1));
    return source != null
        && (name.group(2) == null || source.matches("(?s).*\\b" + name.group(2) + "\\b.*"));
  }

  private static List<MatchResult> matches(Pattern pattern, String document) throws IOException {
    return pattern.matcher(Files.readString(ROOT.resolve(document))).results().toList();
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".java"))
          .collect(
              toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  DocumentsTest::text,
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
