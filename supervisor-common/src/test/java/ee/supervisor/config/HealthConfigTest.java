package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthConfigTest {
  @TempDir private Path directory;

  private HealthConfig health(String options) throws ConfigException {
    return new ConfigFolder(directory).program(options).health();
  }

  private CheckTarget target(String script) throws ConfigException {
    return health("readiness_check_script=" + script).readiness().orElseThrow().target();
  }

  @Test
  void aProgramHasNoneUnlessItAsks() throws ConfigException {
    assertThat(health("").isEmpty()).isTrue();
    assertThat(health("").tellsReadiness()).isFalse();
    assertThat(health("readiness_check_period=3").isEmpty()).isTrue();
  }

  @Test
  void aCheckHasDefaults() throws ConfigException {
    CheckConfig check = health("liveness_check_script=/bin/check it").liveness().orElseThrow();
    assertThat(check)
        .isEqualTo(
            new CheckConfig(
                new CheckTarget.Command("/bin/check it"),
                Duration.ZERO,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                1,
                3,
                new CheckConfig.FailureAction.Restart()));
  }

  @Test
  void everythingOfACheckCanBeSet() throws ConfigException {
    CheckConfig check =
        health(
                """
                readiness_check_script=https://localhost/up?x=1
                readiness_check_initial_delay=1m
                readiness_check_period=500ms
                readiness_check_timeout=0.25
                readiness_check_success_threshold=2
                readiness_check_failure_threshold=5
                readiness_check_failure_action=/bin/page me
                readiness_check_http_status=200,301-302
                readiness_check_http_body="UP"
                readiness_check_http_headers=Host="a.example",X-A="1"
                """)
            .readiness()
            .orElseThrow();
    assertThat(check.initialDelay()).isEqualTo(Duration.ofMinutes(1));
    assertThat(check.period()).isEqualTo(Duration.ofMillis(500));
    assertThat(check.timeout()).isEqualTo(Duration.ofMillis(250));
    assertThat(check.action()).isEqualTo(new CheckConfig.FailureAction.Script("/bin/page me"));
    CheckTarget.Http http = (CheckTarget.Http) check.target();
    assertThat(http.port()).isEqualTo(443);
    assertThat(http.expected())
        .isEqualTo(
            new CheckTarget.HttpExpectation(
                List.of(
                    new CheckTarget.StatusRange(200, 200), new CheckTarget.StatusRange(301, 302)),
                Optional.of("\"UP\""),
                Map.of("Host", "a.example", "X-A", "1")));
  }

  @Test
  void aTargetIsKnownByItsScheme() throws ConfigException {
    assertThat(target("tcp://127.0.0.1:80"))
        .isEqualTo(new CheckTarget.Tcp("tcp://127.0.0.1:80", "127.0.0.1", 80));
    assertThat(target("unix:///run/s")).isEqualTo(new CheckTarget.Unix("unix:///run/s", "/run/s"));
    assertThat(target("log:ready in \\d+"))
        .isEqualTo(new CheckTarget.Log("log:ready in \\d+", "ready in \\d+"));
    assertThat(target("notify")).isEqualTo(new CheckTarget.Notify("notify"));
    assertThat(health("readiness_check_script=notify").readyByNotification()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "readiness_check_script=tcp://nowhere; tcp://host:port is wanted",
        "readiness_check_script=tcp://h:99999; tcp://host:port is wanted",
        "readiness_check_script=http:///x; http://host:port/path is wanted",
        "readiness_check_script=http://u:p@h/; http://host:port/path is wanted",
        "readiness_check_script=unix://relative; unix:///path is wanted",
        "readiness_check_script=log:(; is no regular expression",
        "readiness_check_script=; a check needs a command or a URL",
        "liveness_check_script=log:x; log: is for readiness_check_script",
        "liveness_check_script=notify; needs watchdog_sec",
        "liveness_check_period=soon; is no time",
        "watchdog_sec=-1; watchdog_sec is negative",
        "hook_timeout=0; hook_timeout is 0",
      })
  void aMistakeIsNamedWithWhatIsWanted(String option, String words) {
    assertThatThrownBy(() -> health(option))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(words.strip())
        .hasMessageContaining("in section 'program:x'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "period=0",
        "timeout=0",
        "timeout=-1",
        "initial_delay=-1",
        "success_threshold=0",
        "failure_threshold=0"
      })
  void aNumberThatCannotBeIsRefused(String option) {
    assertThatThrownBy(() -> health("readiness_check_script=x\nreadiness_check_" + option))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("readiness_check_" + option.split("=", 2)[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "200-100", "600", "x", "", "200-"})
  void statusesThatHttpDoesNotHaveAreRefused(String statuses) {
    assertThatThrownBy(
            () ->
                health("readiness_check_script=http://h/\nreadiness_check_http_status=" + statuses))
        .isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10,10000",
    "0.5,500",
    "500ms,500",
    "2m,120000",
    "1h,3600000",
    "1d,86400000",
    "' 3 s ',3000"
  })
  void timesMayHaveAUnit(String text, long millis) throws ConfigException {
    assertThat(Conversions.duration(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void aTimeBeyondAllBoundsIsTheLongest() throws ConfigException {
    assertThat(Conversions.duration("9".repeat(30))).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }
}
