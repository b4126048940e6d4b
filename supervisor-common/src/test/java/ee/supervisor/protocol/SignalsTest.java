package ee.supervisor.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsTest {
  @ParameterizedTest
  @CsvSource({
    "TERM, 15",
    "SIGTERM, 15",
    "term, 15",
    "sigHup, 1",
    "9, 9",
    "' 10 ', 10",
    "' usr2 ', 12",
    "CLD, 17",
    "IOT, 6",
    "RTMIN, 34",
    "SIGRTMAX, 64",
    "0, 0",
    "SIG_DFL, 0",
    "_ign, 1",
    "SIG_SETMASK, 2"
  })
  void aSignalIsNamedOrNumbered(String text, int number) {
    assertThat(Signals.number(text)).isEqualTo(number);
  }

  @Test
  void anUnknownNameIsToldInSupervisorsWords() {
    assertThatThrownBy(() -> Signals.number("FOO"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value 'FOO' is not a valid signal name");
  }

  @Test
  void anUnknownNumberIsToldInSupervisorsWords() {
    assertThatThrownBy(() -> Signals.number("32"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value '32' is not a valid signal number");
  }

  @ParameterizedTest
  @CsvSource({"15, SIGTERM", "6, SIGABRT", "17, SIGCHLD", "29, SIGPOLL", "35, signal 35"})
  void aNumberIsShownAsSupervisorShowsIt(int number, String name) {
    assertThat(Signals.name(number)).isEqualTo(name);
  }
}
