package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PASSWORD", "DB_PASSWORD", "PGPASSWORD", "MYSQL_PWD", "SECRET_KEY_BASE", "apiToken",
        "AWS_SECRET_ACCESS_KEY", "API_KEY", "ApiKey", "AUTH_HEADER", "TLS_PRIVATE_KEY",
            "SENTRY_DSN",
        "KEY", "GITHUB_TOKEN", "passwd", "client-secret", "CREDENTIALS"
      })
  void aNameSaysThatItIsSecret(String name) {
    assertThat(Secrets.isSecret(name)).isTrue();
    assertThat(Secrets.shown(name, "x1")).isEqualTo(Secrets.HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PATH", "COMPASS", "AUTHOR", "KEYBOARD", "MONKEY", "BYPASS_CACHE", "HOME", "PORT"})
  void otherNamesDoNot(String name) {
    assertThat(Secrets.isSecret(name)).isFalse();
    assertThat(Secrets.shown(name, "x1")).isEqualTo("x1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app --password=abc --port 1 | app --password=*** --port 1",
        "app --db-password abc -v | app --db-password *** -v",
        "app -password abc | app -password ***",
        "env DB_PASSWORD=abc app | env DB_PASSWORD=*** app",
        "app postgres://joe:abc@db:5432/x | app postgres://joe:***@db:5432/x",
        "redis-cli -u redis://:abc@localhost | redis-cli -u redis://:***@localhost",
        "curl -H \"Authorization: Bearer abc\" x | curl -H \"Authorization: ***\" x",
        "curl http://h/?a=1&token=abc&b=2 | curl http://h/?a=1&token=***&b=2",
        "app --token 'a b' | app --token ***",
        "app --secret=\"a b\" c | app --secret=*** c",
        "app --tokenizer fast --keys 3 | app --tokenizer fast --keys 3",
        "passenger start | passenger start",
        "app --password --verbose | app --password --verbose"
      })
  void withinATextWhatLooksSecretIsHidden(String text, String shown) {
    assertThat(Secrets.shown(text)).isEqualTo(shown);
  }
}
