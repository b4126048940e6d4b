package ee.supervisor.ctl.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionArgumentsTest {

  @Test
  void optionsMayStandAnywhereAndTheRestAreNames() {
    ActionArguments arguments =
        new ActionArguments("logs", "web:* -f --since 10m -n5 worker --lines=7 -n 8");
    assertThat(arguments.flag("-f", "--follow")).isTrue();
    assertThat(arguments.duration("--since")).contains(Duration.ofMinutes(10));
    assertThat(arguments.number(100, "-n", "--lines")).hasValue(8);
    assertThatThrownBy(arguments::names).hasMessage("Error: logs: unknown option -n5");
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "90s, 90", "10m, 600", "2h, 7200", "1d, 86400", "0, 0"})
  void timesHaveUnits(String text, long seconds) {
    assertThat(new ActionArguments("wait", "--timeout=" + text).duration("--timeout"))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1w", "m", "99999999999", "1.5h"})
  void whatIsNoTimeIsTold(String text) {
    ActionArguments arguments = new ActionArguments("wait", "--timeout " + text);
    assertThatThrownBy(() -> arguments.duration("--timeout"))
        .hasMessage(
            "Error: wait: --timeout takes a time such as 90, 30s, 10m, 2h or 1d, not '"
                + text
                + "'");
  }

  @Test
  void anOptionWithNothingBehindItIsTold() {
    ActionArguments arguments = new ActionArguments("wait", "web --timeout");
    assertThatThrownBy(() -> arguments.duration("--timeout"))
        .hasMessage("Error: wait: nothing behind --timeout");
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "'\u001b[31mred\u001b[0m', red",
    "'a\tb', 'a       b'",
    "'\u001b]0;title\u0007x', x",
    "'a\u0007\rb', ab",
    "'\u001b[', ''",
    "'\u202eabc', abc"
  })
  void whatMovesTheCursorIsTakenOut(String line, String text) {
    assertThat(PrintableText.of(line)).isEqualTo(text);
  }
}
