package ee.supervisor.jmx.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellTextsTest {

  @Test
  void sizesHaveAUnitThatFits() {
    assertThat(CellTexts.bytes(512 << 10)).isEqualTo("512 KiB");
    assertThat(CellTexts.bytes(1536 << 10)).isEqualTo("1.5 MiB");
    assertThat(CellTexts.bytes(5L << 30)).isEqualTo("5.0 GiB");
  }

  @Test
  void durationsShowDaysOnlyWhenThereAreSome() {
    assertThat(CellTexts.duration(3723)).isEqualTo("1:02:03");
    assertThat(CellTexts.duration(90061)).isEqualTo("1 d 1:01:01");
  }
}
