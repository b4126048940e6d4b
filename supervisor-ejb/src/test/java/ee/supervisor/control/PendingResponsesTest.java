package ee.supervisor.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingResponsesTest {

  @Test
  void theEndWaitsForTheAnswersAndNoLongerThanItsPatience() {
    PendingResponses.begin();
    PendingResponses.begin();
    PendingResponses.end();
    assertThat(PendingResponses.await(Duration.ofMillis(1))).isFalse();

    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> PendingResponses.await(Duration.ofSeconds(20)));
    PendingResponses.end();
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void withNoCallPendingTheEndIsAtOnce() {
    assertThat(PendingResponses.await(Duration.ZERO)).isTrue();
    assertThat(PendingResponses.await(Duration.ZERO)).isTrue();
  }
}
