package ee.supervisor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.http.FrontCounts;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontMetricsTest {

  @Test
  void whatTheFrontTurnedAwayIsCountedByKind() {
    FrontCounts counts = new FrontCounts();
    counts.malformedRequest();
    counts.malformedRequest();
    counts.dropped();
    MetricFamily troubles = new FrontMetrics(Optional.of(counts)).collect().get(0);

    assertThat(troubles.name()).isEqualTo("supervisor_front_troubles");
    assertThat(troubles.type()).isEqualTo(MetricFamily.Type.COUNTER);
    assertThat(troubles.samples())
        .extracting(sample -> sample.labels().get("kind") + " " + sample.value())
        .containsExactly("malformed 2.0", "refused 0.0", "displaced 0.0", "dropped 1.0");
  }

  @Test
  void withoutAFrontThereIsNothingToTell() {
    assertThat(new FrontMetrics(Optional.empty()).collect()).isEmpty();
  }
}
