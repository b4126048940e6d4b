package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123",
        "{SHA}40bd001563085fc35165329ea1ff5c5ecbdbbeef",
        "{SHA256}a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3"
      })
  void onlyTheRightPasswordMatchesHoweverItIsKept(String kept) {
    Password password = new Password(kept);

    assertThat(password.matches("123")).isTrue();
    assertThat(password.matches("124")).isFalse();
    assertThat(password.matches("")).isFalse();
    assertThat(password.matches(kept)).isEqualTo(kept.equals("123"));
    assertThat(password.toString()).doesNotContain(kept);
  }
}
