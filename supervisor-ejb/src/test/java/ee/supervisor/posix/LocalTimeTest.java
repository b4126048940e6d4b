package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTimeTest {
  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void putBack() {
    TimeZone.setDefault(before);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-11-25T15:30:00.123456789Z",
    // an hour on either side of the changes to and from summer time
    "Europe/Vienna, 2026-03-29T00:30:00Z",
    "Europe/Vienna, 2026-03-29T01:30:00Z",
    "Europe/Vienna, 2026-10-25T00:30:00Z",
    "Europe/Vienna, 2026-10-25T01:30:00Z",
    "America/New_York, 2026-07-01T02:00:00Z",
    "Asia/Kathmandu, 1999-12-31T23:59:59.999Z",
    "Australia/Lord_Howe, 2026-04-04T15:15:00Z",
    "UTC, 1969-12-31T23:59:59.5Z",
  })
  void isWhatTheZonesRulesSay(String zone, Instant instant) {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    assertThat(LocalTime.of(instant)).isEqualTo(LocalDateTime.ofInstant(instant, ZoneId.of(zone)));
  }
}
