package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InetAddressTextTest {

  @ParameterizedTest
  @CsvSource({
    "9001,'',9001",
    "*:9001,'',9001",
    ":9001,'',9001",
    "127.0.0.1:9001,127.0.0.1,9001",
    "LocalHost:80,localhost,80",
    "[::1]:9001,::1,9001",
    "::1:9001,::1,9001",
    ":::9001,::,9001",
    "[::]:9001,::,9001",
    "[FE80::1%eth0]:9001,fe80::1%eth0,9001",
    "1:2:3,1:2,3",
    "[]:9001,[],9001",
    "a: 5 ,a,5"
  })
  void anAddressIsAHostAndAPort(String text, String host, int port) throws ConfigException {
    assertThat(InetAddressText.parse(text)).isEqualTo(new InetAddressText(host, port));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "abc,\"not a valid port number: 'abc' \"",
        "0,\"not a valid port number: '0' \"",
        "65536,\"not a valid port number: '65536' \"",
        "\"\",\"not a valid port number: '' \"",
        "host:,\"no port number specified in ''\"",
        "host:0,0 is below lower bound (1)",
        "host:70000,70000 is above upper bound (65535)",
        "host:abc,\"invalid literal for int() with base 10: 'abc'\""
      })
  void whatIsNoAddressIsTold(String text, String message) {
    assertThatThrownBy(() -> InetAddressText.parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
