package ee.supervisor.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingAnswersTest {

  @Test
  void theEndWaitsForTheAnswersAndNoLongerThanItsPatience() {
    PendingAnswers.begin();
    PendingAnswers.begin();
    PendingAnswers.end();
    assertThat(PendingAnswers.await(Duration.ofMillis(1))).isFalse();

    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> PendingAnswers.await(Duration.ofSeconds(20)));
    PendingAnswers.end();
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void withNoCallPendingTheEndIsAtOnce() {
    assertThat(PendingAnswers.await(Duration.ZERO)).isTrue();
    assertThat(PendingAnswers.await(Duration.ZERO)).isTrue();
  }
}
