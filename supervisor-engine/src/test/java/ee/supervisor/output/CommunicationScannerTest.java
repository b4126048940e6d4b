package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommunicationScannerTest {
  private static final String BEGIN = "<!--XSUPERVISOR:BEGIN-->";
  private static final String END = "<!--XSUPERVISOR:END-->";
  private static final String TALK =
      "some output before " + BEGIN + "a secret" + END + " and output of some length after it";

  private final StringBuilder found = new StringBuilder();
  private final CommunicationScanner scanner =
      new CommunicationScanner(
          new CommunicationScanner.Sink() {
            @Override
            public void text(byte[] data) {
              found.append(new String(data, US_ASCII));
            }

            @Override
            public void begin() {
              found.append('{');
            }

            @Override
            public void end() {
              found.append('}');
            }
          });

  @Test
  void tokensAreFoundWhereverTheOutputIsCut() {
    for (int cut = 0; cut <= TALK.length(); cut++) {
      found.setLength(0);

      feed(TALK.substring(0, cut));
      feed(TALK.substring(cut));
      feed(" flush flush flush flush flush");

      assertThat(found.toString())
          .as("cut at %d", cut)
          .startsWith("some output before {a secret} and output of some length after it");
    }
  }

  @Test
  void tokensAreFoundInOutputThatComesByteByByte() {
    for (byte b : TALK.getBytes(US_ASCII)) {
      scanner.feed(new byte[] {b});
    }
    feed(" flush flush flush flush flush");

    assertThat(found.toString())
        .startsWith("some output before {a secret} and output of some length after it");
  }

  @Test
  void severalInOnePieceAreAllFound() {
    feed(BEGIN + "1" + END + BEGIN + "2" + END + "the rest is long enough to be let go");

    assertThat(found).hasToString("{1}{2}the rest is long enough to be let go");
  }

  @ParameterizedTest
  @CsvSource({
    "24, 0", "25, 25",
  })
  void outputNoLongerThanTheTokenIsHeldAsSupervisorDoes(int length, int expected) {
    byte[] data = new byte[length];
    Arrays.fill(data, (byte) 'x');

    scanner.feed(data);

    assertThat(found).hasSize(expected);
  }

  @Test
  void whatOnlyLooksLikeATokenIsOutput() {
    feed("a long enough start <!--XSUPERVISOR:BEG");
    feed("GARS--> and a long enough end");

    assertThat(found)
        .hasToString("a long enough start <!--XSUPERVISOR:BEGGARS--> and a long enough end");
  }

  private void feed(String text) {
    scanner.feed(text.getBytes(US_ASCII));
  }
}
