package ee.supervisor.metrics;

import java.util.List;

/** Something that can be measured: what stands between our figures and any library's. */
@FunctionalInterface
public interface MetricsSource {

  /** The figures as they are now; may read /proc and the sizes of files. */
  List<MetricFamily> collect();
}
