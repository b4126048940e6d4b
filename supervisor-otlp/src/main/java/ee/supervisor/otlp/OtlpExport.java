package ee.supervisor.otlp;

import ee.supervisor.config.OtlpConfig;
import ee.supervisor.metrics.MetricFamily;
import ee.supervisor.telemetry.Export;
import ee.supervisor.telemetry.ExportException;
import ee.supervisor.telemetry.Occurrence;
import ee.supervisor.telemetry.Origin;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sends to one collector, by one connection for each signal. */
final class OtlpExport implements Export {
  private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

  private final Duration interval;
  private final Resource resource;
  private final EventRecords records;
  private final Connection<OtlpHttpLogRecordExporter> logs;
  private final Connection<OtlpHttpMetricExporter> metrics;

  OtlpExport(OtlpConfig config, Origin origin, Variables variables) {
    interval = config.interval().or(variables::metricInterval).orElse(USUAL_INTERVAL);
    resource = Resources.of(origin, variables);
    records = new EventRecords(resource);
    Exporters exporters = new Exporters(config.endpoint(), config.headers(), variables);
    logs = new Connection<>(Signal.LOGS, exporters, Exporters::logs);
    metrics = new Connection<>(Signal.METRICS, exporters, Exporters::metrics);
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public void sendEvents(List<Occurrence> events) throws ExportException {
    logs.send(exporter -> exporter.export(records.of(events)));
  }

  @Override
  public void sendMetrics(List<MetricFamily> families, Instant since) throws ExportException {
    Figures figures = new Figures(resource, since, Instant.now());
    metrics.send(exporter -> exporter.export(figures.of(families)));
  }

  @Override
  public void close() {
    logs.close();
    metrics.close();
    records.close();
  }
}
