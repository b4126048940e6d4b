package ee.supervisor.otlp;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/**
 * Makes the SDK's exporters, which try nothing again themselves.
 *
 * @param endpoint of the collector
 * @param headers sent with each request; if there are none, those that the variables name
 */
record Exporters(String endpoint, Map<String, String> headers, Variables variables) {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
  private static final ClassLoader LOADER = Exporters.class.getClassLoader();

  Duration timeout(Signal signal) {
    return variables.timeout(signal).orElse(USUAL_TIMEOUT);
  }

  private Map<String, String> headers(Signal signal) {
    return headers.isEmpty() ? variables.headers(signal) : headers;
  }

  /**
   * One for log records.
   *
   * @param threads on which it waits
   */
  OtlpHttpLogRecordExporter logs(ExecutorService threads) {
    Map<String, String> sent = headers(Signal.LOGS);
    Duration timeout = timeout(Signal.LOGS);
    OtlpHttpLogRecordExporterBuilder builder =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(endpoint + Signal.LOGS.path())
            .setTimeout(timeout)
            .setConnectTimeout(timeout)
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop())
            .setServiceClassLoader(LOADER)
            .setExecutorService(threads)
            .setHeaders(() -> sent);
    variables.compression(Signal.LOGS).ifPresent(builder::setCompression);
    variables.file(Signal.LOGS, "CERTIFICATE").ifPresent(builder::setTrustedCertificates);
    clientTls(Signal.LOGS, builder::setClientTls);
    return builder.build();
  }

  /**
   * One for metrics.
   *
   * @param threads on which it waits
   */
  OtlpHttpMetricExporter metrics(ExecutorService threads) {
    Map<String, String> sent = headers(Signal.METRICS);
    Duration timeout = timeout(Signal.METRICS);
    OtlpHttpMetricExporterBuilder builder =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(endpoint + Signal.METRICS.path())
            .setTimeout(timeout)
            .setConnectTimeout(timeout)
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop())
            .setServiceClassLoader(LOADER)
            .setExecutorService(threads)
            .setHeaders(() -> sent);
    variables.compression(Signal.METRICS).ifPresent(builder::setCompression);
    variables.file(Signal.METRICS, "CERTIFICATE").ifPresent(builder::setTrustedCertificates);
    clientTls(Signal.METRICS, builder::setClientTls);
    return builder.build();
  }

  /** Both files, or neither. */
  private void clientTls(Signal signal, BiConsumer<byte[], byte[]> use) {
    Optional<byte[]> key = variables.file(signal, "CLIENT_KEY");
    Optional<byte[]> certificate = variables.file(signal, "CLIENT_CERTIFICATE");
    if (key.isPresent() && certificate.isPresent()) {
      use.accept(key.get(), certificate.get());
    }
  }
}
