package ee.supervisor.web.page;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every text is there in every language, is used, and is nowhere else. */
class TextsTest {
  private static final Path SOURCES = Path.of("src/main/java/ee/supervisor/web/page");
  private static final Path ASSETS = Path.of("src/main/resources/ee/supervisor/web/page/assets");
  private static final Pattern GAP = Pattern.compile("\\{[0-9]\\}");

  private static final Texts ENGLISH = Texts.in(Language.ENGLISH);

  private static List<Path> files(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private static String all(Path directory, String suffix) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files(directory, suffix)) {
      text.append(Files.readString(file));
    }
    return text.toString();
  }

  private static Set<String> gaps(Texts texts, String key) {
    return GAP.matcher(texts.get(key, "{0}", "{1}", "{2}", "{3}"))
        .results()
        .map(found -> found.group())
        .collect(toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void eachLanguageHasAllTextsWithTheSameGaps(Language language) {
    Texts texts = Texts.in(language);
    assertThat(texts.keys()).isEqualTo(ENGLISH.keys());
    for (String key : ENGLISH.keys()) {
      assertThat(texts.get(key, "", "", "", "")).as(key).doesNotContain("{{");
      assertThat(gaps(texts, key)).as(key).isEqualTo(gaps(ENGLISH, key));
    }
  }

  @Test
  void eachTextIsUsedSomewhere() throws IOException {
    String used = all(SOURCES, ".java") + all(ASSETS, ".js") + all(ASSETS, ".html");
    for (String key : ENGLISH.keys()) {
      // some are put together: state.RUNNING of state. and what the state is called
      boolean isUsed = used.contains(key);
      for (int dot = key.indexOf('.'); dot > 0 && !isUsed; dot = key.indexOf('.', dot + 1)) {
        String beginning = key.substring(0, dot + 1);
        isUsed = used.contains(beginning + "\"") || used.contains(beginning + "${");
      }
      assertThat(isUsed || key.startsWith("graph.")).as(key).isTrue();
    }
  }

  @Test
  void eachTextThatIsAskedForIsThere() throws IOException {
    Pattern asked =
        Pattern.compile(
            "(?:text|texts\\(\\)|texts|say|pieces)(?:\\.get|\\.html)?\\(\\s*[\"']([a-z]+\\.[A-Za-z.]+[A-Za-z])[\"']");
    String sources = all(SOURCES, ".java") + all(ASSETS, ".js");
    assertThat(
            asked
                .matcher(sources)
                .results()
                .map(found -> found.group(1))
                .filter(key -> !key.endsWith(".html"))
                .toList())
        .hasSizeGreaterThan(150)
        .allMatch(ENGLISH.keys()::contains);
  }

  @Test
  void noTemplateHoldsTextOfItsOwn() throws IOException {
    List<String> found = new ArrayList<>();
    // two letters between a tag and the next, or in an attribute that is read out
    Pattern literal =
        Pattern.compile(
            ">[^<>{}\\n\\\\\"]*\\p{L}{2}[^<>{}\\n\\\\\"]*<|(?:aria-label|title|alt|placeholder)=\\\\?\"[^\"{\\\\]*\\p{L}{2}");
    Pattern notSaid = Pattern.compile("(?s)^\\s*(?://|\\*|/\\*).*");
    List<Path> templates = new ArrayList<>(files(SOURCES, ".java"));
    templates.add(ASSETS.resolve("parts.html"));
    for (Path file : templates) {
      for (String line : Files.readAllLines(file)) {
        String said =
            line.replaceAll("<kbd>[^<]*</kbd>", "")
                .replaceAll("<code>[^<]*</code>", "")
                .replaceAll(">std(?:out|err)<", "><");
        boolean isMarkup = said.contains("</") || said.contains("=\"") || said.contains("=\\\"");
        if (isMarkup && !notSaid.matcher(said).matches() && literal.matcher(said).find()) {
          found.add(file.getFileName() + ": " + line.strip());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noScriptHoldsTextOfItsOwn() throws IOException {
    List<String> found = new ArrayList<>();
    // two words in quotes, or one that begins with a capital letter
    Pattern sentence =
        Pattern.compile("['`](?:[^'`]*\\p{L}{2,} \\p{L}{2,}[^'`]*|[A-Z][a-z]+[^'`]*)['`]");
    Set<String> own = Set.of("ansi.js", "theme.js");
    Pattern technical =
        Pattern.compile(
            "class|detail ===|console\\.|import |case '|^\\s*//|^\\s*\\*|/\\*\\*|key ===|Set\\(\\[|'(?:Arrow|Page|Home|End|Escape|Enter|Content)|querySelector|text\\(`|this\\.name =");
    for (Path file : files(ASSETS, ".js")) {
      if (!own.contains(file.getFileName().toString())) {
        for (String line : Files.readAllLines(file)) {
          if (!technical.matcher(line).find() && sentence.matcher(line).find()) {
            found.add(file.getFileName() + ": " + line.strip());
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void numbersAreWrittenAsTheLanguageHasThem() {
    assertThat(ENGLISH.get("status.more", 1234)).isEqualTo("and 1,234 more");
    assertThat(Texts.in(Language.GERMAN).get("status.more", 1234)).isEqualTo("und 1.234 weitere");
  }

  @Test
  void whatIsFilledInStaysText() {
    assertThat(ENGLISH.html("confirm.question", "<i>", Html.of("<b>{}</b>", "$1{0}")).toString())
        .isEqualTo("&lt;i&gt; <b>$1{0}</b>?");
    assertThat(ENGLISH.get("message.nameless", "$1 {0} \\"))
        .isEqualTo("No such process named $1 {0} \\");
  }
}
