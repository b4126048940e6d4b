package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ee.supervisor.testing.ManualPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What explains the options says what {@link Options} says. With {@code -Doptions.write=true} the
 * tables of the documentation and the sample are written anew instead.
 */
class OptionsTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SAMPLE =
      PROJECT.resolve("supervisorctl/src/main/scripts/lib/ctl/supervisord.conf.sample");
  private static final List<String> PAGES = List.of("docs/configuration.md", "docs/jmx.md");

  @TempDir private Path directory;

  static Stream<Option<?, ?>> options() {
    return Arrays.stream(SectionKind.values())
        .flatMap(section -> Options.in(section).stream())
        .distinct();
  }

  private Section section() {
    return new Section(
        new IniDocument(),
        "program:x",
        new Expansions(Map.of("program_name", "x")),
        new ConfigFolder(directory).host().unchecked());
  }

  private static void holds(Path file, String wanted) throws IOException {
    if (Boolean.getBoolean("options.write")) {
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file))
        .as("%s; -Dtest=OptionsTest -Doptions.write=true brings it up to date", file)
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/configuration.md", "docs/jmx.md"})
  void theDocumentationHasEveryOption(String page) throws IOException {
    Path file = PROJECT.resolve(page);
    holds(file, OptionTables.fill(Files.readString(file)));
  }

  @Test
  void everySectionIsDocumentedOnce() throws IOException {
    List<SectionKind> documented = new ArrayList<>();
    for (String page : PAGES) {
      documented.addAll(OptionTables.sectionsIn(Files.readString(PROJECT.resolve(page))));
    }
    assertThat(documented).containsExactlyInAnyOrder(SectionKind.values());
  }

  @ParameterizedTest
  @EnumSource(SectionKind.class)
  void theManualHasEveryOption(SectionKind section) throws IOException {
    new ManualPage("supervisord.conf.5").holds(section.header(), ManualItems.of(section));
  }

  @Test
  void theSampleHasEveryOption() throws IOException {
    List<String> sample = Files.readAllLines(SAMPLE);
    holds(SAMPLE, String.join("\n", SampleFile.fill(sample)) + "\n");
  }

  @Test
  void theSampleHasEverySection() throws IOException {
    assertThat(SampleFile.sectionsIn(Files.readAllLines(SAMPLE)))
        .containsExactlyInAnyOrder(SectionKind.values());
  }

  @ParameterizedTest
  @MethodSource("options")
  void whatAnOptionIsWhereItIsNotSetAndItsSampleCanBeRead(Option<?, ?> option) {
    assertThatCode(
            () -> {
              option.kind().value(option.absence().sample(), section());
              option
                  .kind()
                  .value(option.absence().value().orElse(option.absence().sample()), section());
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("options")
  void anOptionExplainsItselfInOneLine(Option<?, ?> option) {
    assertThat(option.meaning()).isNotBlank().doesNotContain("\n", "|").doesNotEndWith(".");
  }
}
