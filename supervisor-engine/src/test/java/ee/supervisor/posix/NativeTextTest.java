package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "61",
        "c3bc",
        "ff",
        "61ff62",
        "c3",
        "c3bcc3",
        "f09f9880",
        "eda080",
        "80ffc3bc"
      })
  void anyBytesSurviveTheWayThroughAString(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(NativeText.encode(NativeText.decode(bytes))).isEqualTo(bytes);
  }

  @Test
  void textIsUtf8() {
    assertThat(NativeText.decode("grün 😀".getBytes(UTF_8))).isEqualTo("grün 😀");
    assertThat(NativeText.encode("grün 😀")).isEqualTo("grün 😀".getBytes(UTF_8));
  }

  @Test
  void theEnvironmentIsThatOfThisProcess() {
    assertThat(Environment.ofThisProcess().keySet()).containsAll(System.getenv().keySet());
  }
}
