package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReactionTimesTest {
  private final ReactionTimes times = new ReactionTimes();

  @Test
  void aTimeIsCountedInTheFirstBucketThatHoldsIt() {
    times.record(Duration.ofMillis(1));
    times.record(Duration.ofNanos(1_000_001));
    times.record(Duration.ofSeconds(5));

    ReactionTimes.Histogram histogram = times.histogram();
    int millisecond = histogram.bounds().indexOf(Duration.ofMillis(1));
    assertThat(histogram.counts().get(millisecond)).isEqualTo(1);
    assertThat(histogram.counts().get(millisecond + 1)).isEqualTo(1);
    assertThat(histogram.counts().get(histogram.bounds().size())).isEqualTo(1);
    assertThat(histogram.sum()).isEqualTo(Duration.ofNanos(5_002_000_001L));
  }

  @Test
  void whatWasPublishedStaysAsItWas() {
    ReactionTimes.Histogram before = times.histogram();

    times.record(Duration.ofMillis(3));

    assertThat(before.counts()).containsOnly(0L);
  }
}
