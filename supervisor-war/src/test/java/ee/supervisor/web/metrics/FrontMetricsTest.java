package ee.supervisor.web.metrics;

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
    String text = Exposition.PROMETHEUS.write(new FrontMetrics(Optional.of(counts)).collect());
    assertThat(text.lines())
        .contains(
            "supervisor_front_troubles_total{kind=\"malformed\"} 2",
            "supervisor_front_troubles_total{kind=\"refused\"} 0",
            "supervisor_front_troubles_total{kind=\"displaced\"} 0",
            "supervisor_front_troubles_total{kind=\"dropped\"} 1");
  }

  @Test
  void withoutAFrontThereIsNothingToTell() {
    assertThat(new FrontMetrics(Optional.empty()).collect()).isEmpty();
  }
}
