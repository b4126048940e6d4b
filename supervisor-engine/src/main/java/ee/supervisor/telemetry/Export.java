package ee.supervisor.telemetry;

import ee.supervisor.metrics.MetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A way to a collector. Confined to one thread, which may wait in it for as long as it says. */
public interface Export extends AutoCloseable {

  /** How often metrics are sent. */
  Duration interval();

  /**
   * Sends events, and returns when the collector has taken them.
   *
   * @throws ExportException when it has not
   */
  void sendEvents(List<Occurrence> events) throws ExportException;

  /**
   * Sends metrics, and returns when the collector has taken them.
   *
   * @param since when counters began
   * @throws ExportException when it has not
   */
  void sendMetrics(List<MetricFamily> metrics, Instant since) throws ExportException;

  @Override
  void close();
}
