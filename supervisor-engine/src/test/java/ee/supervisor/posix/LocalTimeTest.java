package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.clock.LocalTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTimeTest {
  private static final long SETENV = LibCall.address("setenv");
  private static final long UNSETENV = LibCall.address("unsetenv");
  private static final long TZSET = LibCall.address("tzset");

  private final Optional<String> before = Optional.ofNullable(System.getenv("TZ"));

  @AfterEach
  void putBack() {
    try (NativeMemory name = NativeMemory.ofString("TZ")) {
      LibCall.invoke(UNSETENV, name.address());
    }
    before.ifPresent(LocalTimeTest::setZone);
    LibCall.invoke(TZSET);
  }

  private static void setZone(String zone) {
    try (NativeMemory name = NativeMemory.ofString("TZ");
        NativeMemory value = NativeMemory.ofString(zone)) {
      LibCall.invoke(SETENV, name.address(), value.address(), 1);
    }
    LibCall.invoke(TZSET);
  }

  /** Each zone has a second of its own: the offset of a quarter of an hour is asked for once. */
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
    // what Java does not know, or takes for something else
    "'CET-1CEST,M3.5.0,M10.5.0/3', 2026-07-02T10:00:00Z",
    "'CET-1CEST,M3.5.0,M10.5.0/3', 2026-12-02T10:00:00Z",
    "'<+0330>-3:30', 2026-07-03T10:00:00Z",
    "XYZ5, 2026-07-04T10:00:00Z",
    "EST5EDT, 2026-07-05T10:00:00Z",
    "BST, 2026-07-06T10:00:00Z",
    "PST, 2026-07-07T10:00:00Z",
    ":America/Lima, 2026-07-08T10:00:00Z",
    ":/usr/share/zoneinfo/Asia/Tokyo, 2026-07-09T10:00:00Z",
    "/usr/share/zoneinfo/Europe/Paris, 2026-07-10T10:00:00Z",
    "Nowhere/Atall, 2026-07-11T10:00:00Z",
    "'', 2026-07-12T10:00:00Z",
  })
  void isWhatDateSays(String zone, Instant instant) throws Exception {
    setZone(zone);
    assertThat(LocalTime.of(instant)).isEqualTo(date(zone, instant));
  }

  private static LocalDateTime date(String zone, Instant instant) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("date", "-d", "@" + instant.getEpochSecond(), "+%Y-%m-%dT%H:%M:%S");
    builder.environment().put("TZ", zone);
    String said = new String(builder.start().getInputStream().readAllBytes(), UTF_8);
    return LocalDateTime.parse(said.strip()).withNano(instant.getNano());
  }
}
