package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionsTest {
  private final Expansions expansions =
      Expansions.ofEnvironment(Map.of("FOO", "bar"))
          .with("program_name", "cat")
          .with("n", 7L)
          .with("big", 1L << 32);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain,plain",
        "%(program_name)s,cat",
        "%(ENV_FOO)s-%(n)d,bar-7",
        "100%%,100%",
        "%(n)02d,07",
        "%(n)s,7",
        "%(n)5.3d|,`  007|`",
        "%(n)-4d|,`7   |`",
        "%(n)+d,+7",
        "%(n) d,` 7`",
        "%(n)+05d,+0007",
        "%(n)x,7",
        "%(n)#06x,0x0007",
        "%(n)#o,0o7",
        "%(n)ld,7",
        "%(n)f,7.000000",
        "%(n).2f,7.00",
        "%(n).0f,7",
        "%(n)#.0f,7.",
        "%(n)08.2f,00007.00",
        "%(n)+F,+7.000000",
        "%(n)e,7.000000e+00",
        "%(n).1E,7.0E+00",
        "%(n)g,7",
        "%(n)#g,7.00000",
        "%(big)d,4294967296",
        "%(big)g,4.29497e+09",
        "%(big)G,4.29497E+09",
        "%(big).3e,4.295e+09",
        "%(big)x,100000000",
        "%(program_name)5s|,`  cat|`",
        "%(program_name)05s|,`  cat|`",
        "%(program_name).2s,ca",
        "%(program_name)r,'cat'",
      })
  void aNameIsFormattedAsPythonDoes(String text, String expanded) throws ConfigException {
    assertThat(expansions.expand(text, "s.k")).isEqualTo(expanded);
  }

  @Test
  void aNameThatIsNotKnownIsToldWithThoseThatAre() {
    assertThatThrownBy(() -> expansions.expand("a %(x)s", "program:cat.command"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Format string 'a %(x)s' for 'program:cat.command' contains names ('x') which cannot be"
                + " expanded. Available names: ENV_FOO, big, n, program_name");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`a %`,incomplete format",
        "%(n,incomplete format key",
        "%(n),incomplete format",
        "%Y,unsupported format character 'Y' (0x59) at index 1",
        "%5%,unsupported format character '%' (0x25) at index 2",
        "%(n)q,unsupported format character 'q' (0x71) at index 4",
        "%é,unsupported format character '?' (0xe9) at index 1",
        "%(program_name)d,`%d format: a real number is required, not str`",
        "%(program_name)x,`%x format: an integer is required, not str`",
        "%(program_name)c,%c requires int or char",
        "%d,`%d format: a real number is required, not dict`",
        "%(n)d %y,not enough arguments for format string",
        "%(n)*d,not enough arguments for format string",
        "%*d,* wants int",
        "%s,%s names nothing; a plain percent sign is written %%",
      })
  void aBadFormatIsToldWithItsReason(String text, String reason) {
    assertThatThrownBy(() -> expansions.expand(text, "s.k"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Format string '%s' for 's.k' is badly formatted: %s".formatted(text, reason));
  }

  @Test
  void aNumberMayStandForACharacter() throws ConfigException {
    assertThat(expansions.with("n", 65).expand("%(n)c", "s.k")).isEqualTo("A");
  }

  @Test
  void aHugeWidthIsRefused() {
    assertThatThrownBy(() -> expansions.expand("%(n)99999999999d", "s.k"))
        .hasMessageEndingWith("is badly formatted: width too big");
  }

  @Test
  void aLaterNameGoesBeforeAnEarlierOne() throws ConfigException {
    assertThat(expansions.withEnvironment(Map.of("FOO", "baz")).expand("%(ENV_FOO)s", "s.k"))
        .isEqualTo("baz");
  }
}
