package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutorestartTest {
  @ParameterizedTest
  @CsvSource({
    "ALWAYS,true,true", "ALWAYS,false,true",
    "UNEXPECTED,true,false", "UNEXPECTED,false,true",
    "NEVER,true,false", "NEVER,false,false",
  })
  void anEndIsFollowedByAStartAsConfigured(Autorestart when, boolean expected, boolean due) {
    assertThat(when.isDue(expected)).isEqualTo(due);
  }
}
