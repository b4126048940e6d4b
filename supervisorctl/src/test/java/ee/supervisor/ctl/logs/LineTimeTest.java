package ee.supervisor.ctl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTimeTest {
  private final LineTime times =
      new LineTime(ZoneId.of("Europe/Berlin"), Instant.parse("2026-01-02T00:00:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-26T04:29:30.813Z hello | 2026-11-26T04:29:30.813Z",
        "2026-11-26T04:29:30+02:00 hello | 2026-11-26T02:29:30Z",
        "2026-11-26 04:29:30,813 INFO x | 2026-11-26T03:29:30.813Z",
        "[2026-07-26 04:29:30] x | 2026-07-26T02:29:30Z",
        "INFO 2026/11/26 04:29:30 x | 2026-11-26T03:29:30Z",
        "10.0.0.1 - - [26/Nov/2026:04:29:30 +0000] \"GET | 2026-11-26T04:29:30Z",
        "Dec 31 23:00:00 host x | 2025-12-31T22:00:00Z",
        "Jan  1 23:00:00 host x | 2026-01-01T22:00:00Z",
        "Wed Nov 25 17:02:53 UTC 2026 | 2026-11-25T17:02:53Z"
      })
  void aDateIsReadInTheFormsThatProgramsUse(String line, String time) {
    assertThat(times.of(line)).contains(Instant.parse(time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "2026-13-45 99:99:99 x",
        "Foo 12 10:00:00 x",
        "10:00:00 x",
        "12026-11-26 04:29:30"
      })
  void whatIsNoDateHasNone(String line) {
    assertThat(times.of(line)).isEmpty();
  }

  @Test
  void aLongLineIsNotSearchedToItsEnd() {
    assertThat(times.of("x".repeat(200) + " 2026-11-26 04:29:30")).isEmpty();
  }
}
