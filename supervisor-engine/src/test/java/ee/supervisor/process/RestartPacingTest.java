package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPacingTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  private final RestartPacing pacing = new RestartPacing();

  @Test
  void aProgramThatLivedIsRestartedAtOnceHoweverOften() {
    for (int i = 0; i < 100; i++) {
      assertThat(pacing.delayAfter(RestartPacing.SHORT_LIFE)).isZero();
    }
  }

  @Test
  void theFirstShortLivesAreFreeAndThenItIsOnceASecond() {
    assertThat(pacing.delayAfter(SHORT)).isZero();
    assertThat(pacing.delayAfter(SHORT)).isZero();
    assertThat(pacing.delayAfter(SHORT)).isZero();
    assertThat(pacing.delayAfter(SHORT)).isEqualTo(Duration.ofMillis(999));
    assertThat(pacing.delayAfter(SHORT)).isEqualTo(Duration.ofMillis(999));
  }

  @Test
  void oneLongLifeOrAnOperatorForgivesTheShortOnes() {
    for (int i = 0; i < 5; i++) {
      pacing.delayAfter(SHORT);
    }
    pacing.delayAfter(Duration.ofMinutes(1));
    assertThat(pacing.delayAfter(SHORT)).isZero();

    for (int i = 0; i < 5; i++) {
      pacing.delayAfter(SHORT);
    }
    pacing.reset();
    assertThat(pacing.delayAfter(SHORT)).isZero();
  }
}
