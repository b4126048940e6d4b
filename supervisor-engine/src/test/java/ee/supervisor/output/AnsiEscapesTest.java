package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsiEscapesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "plain,plain",
        "E[1;31mredE[0m plain,red plain",
        "a E[K b E[2J c,a  b  c",
        "E[mE[mx,x",
        "cut off E[1;3,\"cut off \"",
        "not one: E]0;title,not one: E]0;title",
        "E[,\"\"",
        "unknown end E[5Xgone,\"unknown end \"",
      })
  void sequencesAreRemovedAsSupervisorRemovesThem(String shown, String expected) {
    byte[] data = shown.replace('E', '\u001b').getBytes(ISO_8859_1);

    assertThat(new String(AnsiEscapes.strip(data), ISO_8859_1))
        .isEqualTo(expected.replace('E', '\u001b'));
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() {
    byte[] data = {0, (byte) 0xff, 0x1b, '[', 'm', (byte) 0x80, 0x1b};

    assertThat(AnsiEscapes.strip(data)).containsExactly(0, 0xff, 0x80, 0x1b);
  }
}
