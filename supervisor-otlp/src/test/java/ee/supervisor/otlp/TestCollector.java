package ee.supervisor.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** A collector that keeps what it is sent, and behaves as badly as a test wants. */
public final class TestCollector implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private final List<ExportLogsServiceRequest> logs = new CopyOnWriteArrayList<>();
  private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int status = 200;
  private volatile int logsStatus = 200;
  private volatile boolean hanging;

  /** Listens on a port of its own. */
  public TestCollector() {
    this(0);
  }

  /** Listens on a port that another one had. */
  public TestCollector(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/v1/logs",
        exchange ->
            respond(
                exchange,
                logsStatus,
                body -> logs.add(ExportLogsServiceRequest.parseFrom(body.readAllBytes()))));
    server.createContext(
        "/v1/metrics",
        exchange ->
            respond(
                exchange,
                200,
                body -> metrics.add(ExportMetricsServiceRequest.parseFrom(body.readAllBytes()))));
    server.start();
  }

  private interface Taking {
    void take(InputStream body) throws IOException;
  }

  private void respond(HttpExchange exchange, int own, Taking taking) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      if (hanging) {
        closed.await();
        return;
      }
      int code = status == 200 ? own : status;
      if (code == 200) {
        headers.add(Map.copyOf(exchange.getRequestHeaders()));
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        taking.take(gzip ? new GZIPInputStream(body) : body);
      }
      exchange.sendResponseHeaders(code, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Where it is, as a configuration has it. */
  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  /** Every response has this status from now on. */
  public void setStatus(int code) {
    status = code;
  }

  /** Every response to logs has this status from now on. */
  public void setLogsStatus(int code) {
    logsStatus = code;
  }

  /** Whether requests are left without a response. */
  public void setHanging(boolean value) {
    hanging = value;
  }

  public int requests() {
    return requests.get();
  }

  public List<ExportLogsServiceRequest> logs() {
    return logs;
  }

  public List<ExportMetricsServiceRequest> metrics() {
    return metrics;
  }

  public List<Map<String, List<String>>> headers() {
    return headers;
  }

  /** All log records so far. */
  public List<LogRecord> records() {
    return logs.stream()
        .flatMap(request -> request.getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }

  /** All metrics of that name, the newest last. */
  public List<Metric> metrics(String name) {
    return metrics.stream()
        .flatMap(request -> request.getResourceMetricsList().stream())
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .filter(metric -> metric.getName().equals(name))
        .toList();
  }

  /** The attributes of that resource, of the newest metrics. */
  public Map<String, String> resource() {
    return attributes(
        metrics.get(metrics.size() - 1).getResourceMetrics(0).getResource().getAttributesList());
  }

  /** Attributes as text. */
  public static Map<String, String> attributes(List<KeyValue> attributes) {
    Map<String, String> texts = new TreeMap<>();
    attributes.forEach(attribute -> texts.put(attribute.getKey(), text(attribute.getValue())));
    return texts;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> value.toString();
    };
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
