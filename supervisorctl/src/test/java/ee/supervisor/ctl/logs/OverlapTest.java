package ee.supervisor.ctl.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {

  @ParameterizedTest
  @CsvSource({
    "abcdef, defghi, ghi",
    "abcdef, abcdef, ''",
    "abcdef, xyz, xyz",
    "'', abc, abc",
    "tick tick, tick tick tick, ' tick'",
    "ä€, €x, x"
  })
  void whatWasShownIsNotShownAgain(String shown, String sent, String rest) throws IOException {
    ByteArrayInputStream log = new ByteArrayInputStream(sent.getBytes(UTF_8));
    assertThat(new String(Overlap.after(log, shown).readAllBytes(), UTF_8)).isEqualTo(rest);
  }

  @Test
  void linesAreCutAtTheirEndsAndLongOnesInPieces() {
    List<String> lines = new ArrayList<>();
    String text = "one\r\ntwo\n\n" + "x".repeat(40_000) + "\nlast";
    new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), "be").forEach(lines::add);
    assertThat(lines).hasSize(6);
    assertThat(lines.subList(0, 3)).containsExactly("beone", "two", "");
    assertThat(lines.get(3) + lines.get(4)).isEqualTo("x".repeat(40_000));
    assertThat(lines.get(5)).isEqualTo("last");
  }
}
