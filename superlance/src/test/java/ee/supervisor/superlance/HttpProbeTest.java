package ee.supervisor.superlance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpProbeTest {

  @Test
  void statusAndBodyAreTold() throws IOException {
    try (TestServer server = new TestServer()) {
      assertThat(probe(server.url("/ok")).ask())
          .isEqualTo(new HttpProbe.Response(200, "all is well"));
      assertThat(probe(server.url("/broken")).ask())
          .isEqualTo(new HttpProbe.Response(500, "out of order"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hang", "/drip"})
  void aServerThatDoesNotFinishIsTimedOut(String path) throws IOException {
    try (TestServer server = new TestServer()) {
      HttpProbe probe = new HttpProbe(server.url(path), Duration.ofMillis(300), Duration.ZERO);

      assertThatThrownBy(probe::ask)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("timed out");
    }
  }

  @Test
  void aPortWhereNobodyListensIsTriedUntilTheTimeoutIsUsedUp() throws IOException {
    HttpProbe probe =
        new HttpProbe(TestServer.nobody(), Duration.ofMillis(300), Duration.ofMillis(100));
    long before = System.nanoTime();

    assertThatThrownBy(probe::ask).hasMessage("connection refused");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(199));
  }

  @Test
  void aTimeoutShorterThanThePauseIsOneAttempt() throws IOException {
    HttpProbe probe =
        new HttpProbe(TestServer.nobody(), Duration.ofSeconds(1), Duration.ofMinutes(1));

    assertThatThrownBy(probe::ask).hasMessage("connection refused");
  }

  private static HttpProbe probe(URI url) {
    return new HttpProbe(url, Duration.ofSeconds(20), Duration.ofSeconds(20));
  }
}
