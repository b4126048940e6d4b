package ee.supervisor.metrics;

import ee.supervisor.http.FrontCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the front had to turn away or give up, where there is a front. */
final class FrontMetrics implements MetricsSource {
  private final Optional<FrontCounts> counts;

  FrontMetrics(Optional<FrontCounts> counts) {
    this.counts = counts;
  }

  @Override
  public List<MetricFamily> collect() {
    return counts.map(FrontMetrics::family).map(List::of).orElse(List.of());
  }

  private static MetricFamily family(FrontCounts counts) {
    return new MetricFamily.Builder(
            MetricFamily.Type.COUNTER,
            "supervisor_front_troubles",
            "Requests that were none, and connections that were closed for want of a place or of"
                + " progress.")
        .add(Map.of("kind", "malformed"), counts.malformedRequests())
        .add(Map.of("kind", "refused"), counts.refusedConnections())
        .add(Map.of("kind", "displaced"), counts.displacedConnections())
        .add(Map.of("kind", "dropped"), counts.droppedConnections())
        .build();
  }
}
