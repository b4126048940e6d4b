package ee.supervisor.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
  private final List<String> warnings = new ArrayList<>();

  private Variables variables(String name, String value) {
    return new Variables(Map.of(name, value), warnings::add);
  }

  @Test
  void theVariableOfASignalGoesBeforeThatOfAll() {
    Variables variables =
        new Variables(
            Map.of(
                "OTEL_EXPORTER_OTLP_TIMEOUT", "5000",
                "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "7000",
                "OTEL_EXPORTER_OTLP_COMPRESSION", " "),
            warnings::add);

    assertThat(variables.timeout(Signal.METRICS)).contains(Duration.ofSeconds(5));
    assertThat(variables.timeout(Signal.LOGS)).contains(Duration.ofSeconds(7));
    assertThat(variables.compression(Signal.LOGS)).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sesame", "a=b,=sesame", "a=%zz", "Host=sesame", "a b=sesame", "a=s\u00e9same"})
  void headersThatCannotBeSentAreNotFollowedAndNotShown(String value) {
    assertThat(variables("OTEL_EXPORTER_OTLP_HEADERS", value).headers(Signal.LOGS)).isEmpty();
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("environment variable OTEL_EXPORTER_OTLP_HEADERS ")
        .doesNotContain("same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "99999999999", "1e3", "10s"})
  void aTimeThatIsNoneIsNotFollowed(String value) {
    assertThat(variables("OTEL_METRIC_EXPORT_INTERVAL", value).metricInterval()).isEmpty();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(
            variables("OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such/file")
                .file(Signal.LOGS, "CERTIFICATE"))
        .isEmpty();
    assertThat(warnings).singleElement().asString().contains("/no/such/file");
  }
}
