package ee.supervisor.otlp;

import ee.supervisor.metrics.MetricFamily;
import ee.supervisor.metrics.MetricFamily.Sample;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Metric families as OpenTelemetry's data: under the names that {@code /metrics} has, a counter as
 * a monotonic sum, an info as a gauge.
 */
final class Figures {
  /** Who measures, in OpenTelemetry's terms. */
  static final String SCOPE = "ee.supervisor";

  private static final String BOUND = "le";

  private final Resource resource;
  private final long since;
  private final long now;

  /**
   * @param since when counters began
   * @param now when all was read
   */
  Figures(Resource resource, Instant since, Instant now) {
    this.resource = resource;
    this.since = nanos(since);
    this.now = nanos(now);
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  List<MetricData> of(List<MetricFamily> families) {
    return families.stream()
        .filter(family -> !family.samples().isEmpty())
        .<MetricData>map(
            family ->
                new Figure(
                    resource,
                    family.name() + family.type().suffix(),
                    family.help(),
                    unit(family.name()),
                    type(family.type()),
                    data(family)))
        .toList();
  }

  /** By the Unified Code for Units of Measure. */
  private static String unit(String name) {
    if (name.endsWith("_seconds")) {
      return "s";
    }
    return name.endsWith("_bytes") ? "By" : "";
  }

  private static MetricDataType type(MetricFamily.Type type) {
    return switch (type) {
      case COUNTER -> MetricDataType.DOUBLE_SUM;
      case GAUGE, INFO -> MetricDataType.DOUBLE_GAUGE;
      case HISTOGRAM -> MetricDataType.HISTOGRAM;
    };
  }

  private Data<?> data(MetricFamily family) {
    return switch (family.type()) {
      case COUNTER ->
          SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points(family));
      case GAUGE, INFO -> GaugeData.createDoubleGaugeData(points(family));
      case HISTOGRAM ->
          HistogramData.create(
              AggregationTemporality.CUMULATIVE, List.of(histogram(family.samples())));
    };
  }

  private List<DoublePointData> points(MetricFamily family) {
    return family.samples().stream()
        .map(
            sample ->
                DoublePointData.create(
                    since, now, attributes(sample.labels()), sample.value(), List.of()))
        .toList();
  }

  private static Attributes attributes(Map<String, String> labels) {
    AttributesBuilder attributes = Attributes.builder();
    labels.forEach(attributes::put);
    return attributes.build();
  }

  /** Buckets that count what is up to their bound, into buckets that each count their own. */
  private HistogramPointData histogram(List<Sample> samples) {
    List<Double> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    double sum = 0;
    long below = 0;
    for (Sample sample : samples) {
      String bound = sample.labels().get(BOUND);
      if (bound != null) {
        counts.add((long) sample.value() - below);
        below = (long) sample.value();
        if (!bound.equals("+Inf")) {
          bounds.add(Double.valueOf(bound));
        }
      } else if (sample.suffix().equals("_sum")) {
        sum = sample.value();
      }
    }
    return HistogramPointData.create(
        since, now, Attributes.empty(), sum, false, 0, false, 0, bounds, counts);
  }
}
