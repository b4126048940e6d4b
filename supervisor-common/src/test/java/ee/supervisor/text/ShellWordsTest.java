package ee.supervisor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expectations are what Python 3.11's shlex.split gives. */
class ShellWordsTest {
  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("/bin/cat", List.of("/bin/cat")),
        Arguments.of("a  b\tc\nd", List.of("a", "b", "c", "d")),
        Arguments.of("'a b' \"c d\"", List.of("a b", "c d")),
        Arguments.of("a'b'\"c\"d", List.of("abcd")),
        Arguments.of("''", List.of("")),
        Arguments.of("a \"\" b", List.of("a", "", "b")),
        Arguments.of("\\a\\ b", List.of("a b")),
        Arguments.of("'a\\b'", List.of("a\\b")),
        Arguments.of("\"a\\b\\\"c\\\\d\\$e\"", List.of("a\\b\"c\\d\\$e")),
        Arguments.of("a#b # c", List.of("a#b", "#", "c")),
        Arguments.of(
            "x=\"1, 2\" $HOME *.c ~ `id` ; | &",
            List.of("x=1, 2", "$HOME", "*.c", "~", "`id`", ";", "|", "&")),
        Arguments.of("\"it's\" 'say \"hi\"'", List.of("it's", "say \"hi\"")),
        Arguments.of("a\\\nb", List.of("a\nb")),
        Arguments.of("äö '€'", List.of("äö", "€")),
        Arguments.of("\"'\"'\"'", List.of("'\"")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void splitsAsPythonDoes(String line, List<String> words) {
    assertThat(ShellWords.split(line)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'", "a 'b", "a \"b", "\"a'", "'a\\"})
  void aQuoteMustBeClosed(String line) {
    assertThatThrownBy(() -> ShellWords.split(line)).hasMessage("No closing quotation");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "a \\", "\"a\\"})
  void aBackslashMustHaveSomethingToEscape(String line) {
    assertThatThrownBy(() -> ShellWords.split(line)).hasMessage("No escaped character");
  }

  @Test
  void nothingHasNoWords() {
    assertThat(ShellWords.split(" \t\r\n")).isEmpty();
  }
}
