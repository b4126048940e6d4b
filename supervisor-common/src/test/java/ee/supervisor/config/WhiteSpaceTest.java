package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteSpaceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\t", "\n", "\r", "\f", "\u001c", "\u001f", "\u0085", "\u00a0", "\u2003", "\u3000"
      })
  void allThatPythonCallsSpaceIsStripped(String space) {
    assertThat(WhiteSpace.strip(space + "a" + space)).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200b", "\ufeff", "\u0000", "_"})
  void nothingElseIsStripped(String other) {
    assertThat(WhiteSpace.strip(other)).isEqualTo(other);
  }

  @Test
  void onlyTheEndIsStrippedOfTrailingSpace() {
    assertThat(WhiteSpace.stripTrailing(" a \n ")).isEqualTo(" a");
  }

  @Test
  void wordsAreWhatStandsBetweenSpaces() {
    assertThat(WhiteSpace.words("  a b\n\tc ")).containsExactly("a", "b", "c");
  }

  @Test
  void aBlankTextHasNoWords() {
    assertThat(WhiteSpace.words(" \n")).isEmpty();
  }
}
