package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartPolicyTest {
  private static final double MIDDLE = 0.5;

  @TempDir private Path directory;

  private ProcessConfig program(String options) throws ConfigException {
    return new ConfigFolder(directory).program(options);
  }

  private List<Long> waits(String backoff) throws ConfigException {
    Backoff read = program("restart_backoff=" + backoff).policy().backoff();
    return LongStream.rangeClosed(1, 5).map(n -> read.after(n, MIDDLE).toMillis()).boxed().toList();
  }

  @Test
  void withoutABackoffEachWaitIsASecondLonger() throws ConfigException {
    Backoff backoff = program("").policy().backoff();
    assertThat(backoff.after(1, MIDDLE)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(4, MIDDLE)).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.after(1_000_000, MIDDLE)).isEqualTo(Duration.ofSeconds(1_000_000));
  }

  @Test
  void waitsGrowAsTheBackoffSays() throws ConfigException {
    assertThat(waits("exponential 1s 10s")).containsExactly(1000L, 2000L, 4000L, 8000L, 10000L);
    assertThat(waits("linear 500ms 2s")).containsExactly(500L, 1000L, 1500L, 2000L, 2000L);
    assertThat(waits("constant 3")).containsExactly(3000L, 3000L, 3000L, 3000L, 3000L);
    assertThat(waits("exponential 0 0")).containsExactly(0L, 0L, 0L, 0L, 0L);
  }

  @Test
  void noWaitIsLongerThanTheLongestHoweverOftenItFails() throws ConfigException {
    Backoff backoff = program("restart_backoff=exponential 1s 1m").policy().backoff();
    assertThat(backoff.after(Integer.MAX_VALUE, MIDDLE)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void jitterMakesAWaitShorterOrLonger() throws ConfigException {
    Backoff backoff = program("restart_backoff=constant 10s jitter 20%").policy().backoff();
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofSeconds(8));
    assertThat(backoff.after(1, MIDDLE)).isEqualTo(Duration.ofSeconds(10));
    assertThat(backoff.after(1, 0.999_999))
        .isBetween(Duration.ofMillis(11_990), Duration.ofSeconds(12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "often",
        "exponential",
        "exponential 1s",
        "exponential 60s 1s",
        "constant 1s 2s",
        "constant 1s jitter",
        "constant 1s jitter 20",
        "constant 1s jitter 101%",
        "constant jitter 5% 1s",
        "jitter 5%",
        "constant 1x",
        "constant -1s",
        "constant 9999999d"
      })
  void whatIsNoBackoffIsRefused(String text) {
    assertThat(new ConfigFolder(directory).programError("restart_backoff=" + text))
        .startsWith("restart_backoff=" + text + " is not a pause such as exponential 1s 60s");
  }

  @Test
  void theRestOfThePolicyIsRead() throws ConfigException {
    ProcessConfig.RestartPolicy policy =
        program("restartpause=2m\nstartlimit=5 in 60s\nmemory_restart=500MB\nmax_age=24h").policy();
    assertThat(policy.pause()).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.limit()).contains(new StartLimit(5, Duration.ofSeconds(60)));
    assertThat(policy.memory()).hasValue(500L << 20);
    assertThat(policy.maxAge()).contains(new MaxAge(Duration.ofHours(24), 10));
  }

  @Test
  void anAgeIsReachedEarlierAtRandom() throws ConfigException {
    MaxAge age = program("max_age=10h jitter 50%").policy().maxAge().orElseThrow();
    assertThat(age.of(0)).isEqualTo(Duration.ofHours(10));
    assertThat(age.of(MIDDLE)).isEqualTo(Duration.ofMinutes(450));
  }

  @ParameterizedTest
  @CsvSource({
    "startlimit, 5",
    "startlimit, 0 in 5s",
    "startlimit, 5 in",
    "memory_restart, 0",
    "memory_restart, much",
    "max_age, 0",
    "max_age, 24h jitter",
    "restartpause, -1"
  })
  void whatCannotBeReadNamesItsOption(String option, String text) {
    assertThat(new ConfigFolder(directory).programError(option + "=" + text))
        .startsWith(option + "=" + text + " is not ");
  }

  @Test
  void minusOneIsForEver() throws ConfigException {
    assertThat(program("startretries=-1").start().givesUpAfter(1_000_000)).isFalse();
    assertThat(program("startretries=3").start().givesUpAfter(3)).isFalse();
    assertThat(program("startretries=3").start().givesUpAfter(4)).isTrue();
    assertThat(program("startretries=-2").start().givesUpAfter(1)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"TERM|15", "INT, TERM|2,15", "INT TERM QUIT|2,15,3", "SIGINT,1|2,1"})
  void severalSignalsStopAProgramInTurn(String text, String numbers) throws ConfigException {
    assertThat(program("stopsignal=" + text).stop().signals())
        .extracting(String::valueOf)
        .containsExactly(numbers.split(","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT,", ",INT", "INT,,TERM", "INT NONSENSE", "NONSENSE"})
  void whatIsNoSignalIsRefused(String text) {
    assertThat(new ConfigFolder(directory).programError("stopsignal=" + text))
        .contains("is not a valid signal name");
  }
}
