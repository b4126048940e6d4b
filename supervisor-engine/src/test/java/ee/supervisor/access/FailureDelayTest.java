package ee.supervisor.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureDelayTest {
  private static final Client GUESSER = Client.inet("inet_http_server", "10.0.0.7");

  private final AtomicLong now = new AtomicLong();
  private final FailureDelay delays = new FailureDelay(now::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      delays.failed(GUESSER);
    }
  }

  @Test
  void aTypingErrorCostsNothing() {
    fail(3);

    assertThat(delays.before(GUESSER)).isZero();
  }

  @Test
  void eachFurtherGuessWaitsTwiceAsLong() {
    fail(5);
    assertThat(delays.before(GUESSER)).isEqualTo(Duration.ofMillis(500));

    fail(50);
    assertThat(delays.before(GUESSER)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void whoKeepsQuietIsForgotten() {
    fail(50);
    now.addAndGet(Duration.ofMinutes(5).toNanos() + 1);

    assertThat(delays.before(GUESSER)).isZero();
  }

  @Test
  void manyGuessersFillNoMemory() {
    fail(50);
    for (int i = 0; i < 1000; i++) {
      delays.failed(Client.unix("unix_http_server", i));
    }

    assertThat(delays.before(GUESSER)).isZero();
  }
}
