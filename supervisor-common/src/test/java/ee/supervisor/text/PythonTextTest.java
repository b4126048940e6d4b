package ee.supervisor.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expectations are Python 3.11's repr(). */
class PythonTextTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("plain", "'plain'"),
        Arguments.of("it's", "\"it's\""),
        Arguments.of("say \"hi\"", "'say \"hi\"'"),
        Arguments.of("both ' and \"", "'both \\' and \"'"),
        Arguments.of("back\\slash", "'back\\\\slash'"),
        Arguments.of("tab\tnl\ncr\r", "'tab\\tnl\\ncr\\r'"),
        Arguments.of("\u0000\u001b\u007f\u00a0", "'\\x00\\x1b\\x7f\\xa0'"),
        Arguments.of("\u00e4\u20ac", "'\u00e4\u20ac'"),
        Arguments.of("\u2028\u200b", "'\\u2028\\u200b'"),
        Arguments.of("\ud83d\ude00", "'\ud83d\ude00'"),
        Arguments.of("\udb40\udc01", "'\\U000e0001'"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void quotesAsPythonDoes(String text, String repr) {
    assertThat(PythonText.repr(text)).isEqualTo(repr);
  }
}
