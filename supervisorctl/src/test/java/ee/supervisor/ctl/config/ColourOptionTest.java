package ee.supervisor.ctl.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.getopt.UsageException;
import org.junit.jupiter.api.Test;

class ColourOptionTest {

  @Test
  void itIsTakenFromBeforeTheActionAlone() throws Exception {
    ColourOption never = ColourOption.of("-c", "x.conf", "--color=never", "status", "web");
    assertThat(never.rest()).containsExactly("-c", "x.conf", "status", "web");
    assertThat(never.wanted(true)).isFalse();

    ColourOption behind = ColourOption.of("logs", "--color=always", "web");
    assertThat(behind.rest()).containsExactly("logs", "--color=always", "web");
    assertThat(behind.wanted(true)).isTrue();
    assertThat(behind.wanted(false)).isFalse();
  }

  @Test
  void theLastOneCounts() throws Exception {
    ColourOption colour = ColourOption.of("--color=never", "--color=always", "status");
    assertThat(colour.rest()).containsExactly("status");
    assertThat(colour.wanted(false)).isTrue();
  }

  @Test
  void theValueOfAnotherOptionIsLeftToIt() throws Exception {
    assertThat(ColourOption.of("-p", "--color=never", "status").rest())
        .containsExactly("-p", "--color=never", "status");
  }

  @Test
  void anotherWordIsRefused() {
    assertThatThrownBy(() -> ColourOption.of("--color=blue", "status"))
        .isInstanceOf(UsageException.class)
        .hasMessage("option --color takes never, auto or always, not 'blue'");
  }
}
