package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpOptionsTest {

  @TempDir private Path directory;

  private Configuration read(String lines) throws ConfigException {
    return new ConfigFolder(directory).env("TOKEN", "abc").read("[supervisord]\n" + lines);
  }

  private String errorWith(String lines) {
    return new ConfigFolder(directory).errorWith(lines);
  }

  @Test
  void nothingIsSentWithoutAnEndpoint() throws Exception {
    assertThat(read("").otlp()).isEmpty();
    assertThat(read("").warnings()).isEmpty();
    Configuration inVain = read("otlp_headers=A=b\notlp_interval=5\n");
    assertThat(inVain.otlp()).isEmpty();
    assertThat(inVain.warnings()).singleElement().asString().contains("without otlp_endpoint");
  }

  @Test
  void endpointHeadersAndIntervalAreRead() throws Exception {
    OtlpConfig config =
        read("""
                otlp_endpoint = https://otel.example.com/collect/
                otlp_headers = Authorization="Bearer %(ENV_TOKEN)s",X-Scope=a
                otlp_interval = 2m
                """)
            .otlp()
            .orElseThrow();

    assertThat(config.endpoint()).isEqualTo("https://otel.example.com/collect");
    assertThat(config.headers()).isEqualTo(Map.of("Authorization", "Bearer abc", "X-Scope", "a"));
    assertThat(config.interval()).contains(Duration.ofMinutes(2));
    assertThat(config.toString()).contains("Authorization").doesNotContain("abc");
    assertThat(read("otlp_endpoint=http://[::1]:4318").otlp().orElseThrow())
        .isEqualTo(new OtlpConfig("http://[::1]:4318", Map.of(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:4318",
        "ftp://a:1",
        "http://",
        "http://a:0",
        "http://a:70000",
        "http://a b",
        "http://a?x=1",
        "http://a/#x",
        "http://a:4318/v1/metrics",
        "grpc://a:4317"
      })
  void whatIsNoCollectorIsRefused(String endpoint) {
    assertThat(errorWith("otlp_endpoint=" + endpoint + "\n"))
        .startsWith(
            "otlp_endpoint=%s is not the URL of a collector for OTLP over HTTP: such as"
                    .formatted(endpoint)
                + " http://127.0.0.1:4318 is wanted")
        .contains("in section 'supervisord' (file: '");
  }

  @Test
  void noErrorShowsWhatMayBeSecret() {
    assertThat(errorWith("otlp_endpoint=http://ann:sesame@a:4318\n"))
        .contains("otlp_endpoint=http://ann:***@a:4318")
        .doesNotContain("sesame");
    assertThat(errorWith("otlp_headers=Authorization: Bearer sesame\n"))
        .startsWith("otlp_headers=*** has a part that is not of the form NAME=\"value\" in section")
        .doesNotContain("sesame");
    assertThat(errorWith("otlp_headers=Content-Length=\"sesame\"\n"))
        .startsWith("otlp_headers=*** has a header that cannot be sent: 'Content-Length'")
        .doesNotContain("sesame");
    assertThat(errorWith("otlp_headers=X=\"sésame\"\n")).doesNotContain("same\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999ms", "25h"})
  void anIntervalBeyondItsBoundsIsRefused(String interval) {
    assertThat(errorWith("otlp_endpoint=http://a\notlp_interval=" + interval + "\n"))
        .startsWith("otlp_interval=%s is not between 1s and 1d in section".formatted(interval));
  }

  @Test
  void anIntervalThatIsNoneIsRefused() {
    assertThat(errorWith("otlp_interval=often\n"))
        .startsWith("otlp_interval=often: 'often' is no time");
  }
}
