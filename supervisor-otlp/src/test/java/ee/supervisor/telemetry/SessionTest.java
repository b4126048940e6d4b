package ee.supervisor.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.OtlpConfig;
import ee.supervisor.control.RunningEngine;
import ee.supervisor.event.ProcessState;
import ee.supervisor.otlp.OtlpExportFactory;
import ee.supervisor.otlp.TestCollector;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector gets of real children, by HTTP and protobuf. */
class SessionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PROGRAMS =
      """
      [program:web]
      command=/bin/sleep 1000
      startsecs=0
      [program:ends]
      command=/bin/sh -c 'exit 3'
      autostart=false
      autorestart=false
      startsecs=0
      """;

  @TempDir private Path directory;

  private final AtomicLong lost = new AtomicLong();
  private final Map<String, String> variables = new HashMap<>();
  private TestCollector collector = new TestCollector();
  private RunningEngine running;
  private Session session;

  private void start(Map<String, String> headers) {
    start(collector.endpoint(), headers);
  }

  private void start(String endpoint, Map<String, String> headers) {
    OtlpConfig config = new OtlpConfig(endpoint, headers, Optional.of(Duration.ofSeconds(1)));
    running = RunningEngine.start(directory, PROGRAMS);
    running.engine().measurements().countDropped("otlp", lost::get);
    session =
        Session.start(
            running.engine(),
            config,
            lost,
            warnings ->
                new OtlpExportFactory()
                    .open(config, new Origin("blue", "host1", 42), variables, warnings),
            CompletableFuture.completedFuture(null));
    running.awaitState("web", ProcessState.RUNNING);
  }

  @AfterEach
  void end() {
    if (session != null) {
      session.close();
      session.await(PATIENCE);
    }
    if (running != null) {
      running.close();
    }
    collector.close();
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("supervisord.log"), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitLog(String line) {
    await().atMost(PATIENCE).until(() -> log().contains(line));
  }

  private static Predicate<LogRecord> event(String name, String process) {
    return record ->
        record.getEventName().equals("supervisor.process_state_" + name)
            && process.equals(
                TestCollector.attributes(record.getAttributesList()).get("supervisor.process"));
  }

  private LogRecord awaitRecord(String name, String process) {
    await()
        .atMost(PATIENCE)
        .until(() -> collector.records().stream().anyMatch(event(name, process)));
    return collector.records().stream().filter(event(name, process)).findFirst().orElseThrow();
  }

  private double value(String metric, Map<String, String> labels) {
    List<Metric> all = collector.metrics(metric);
    if (all.isEmpty()) {
      return Double.NaN;
    }
    Metric newest = all.get(all.size() - 1);
    List<NumberDataPoint> points =
        newest.hasSum()
            ? newest.getSum().getDataPointsList()
            : newest.getGauge().getDataPointsList();
    return points.stream()
        .filter(
            point ->
                TestCollector.attributes(point.getAttributesList())
                    .entrySet()
                    .containsAll(labels.entrySet()))
        .mapToDouble(NumberDataPoint::getAsDouble)
        .findFirst()
        .orElse(Double.NaN);
  }

  private void awaitValue(String metric, Map<String, String> labels, double wanted) {
    await(metric).atMost(PATIENCE).until(() -> value(metric, labels) == wanted);
  }

  private int kill(String name) throws IOException, InterruptedException {
    int pid = running.info(name).pid();
    new ProcessBuilder("/bin/kill", "-9", Integer.toString(pid)).start().waitFor();
    return pid;
  }

  @Test
  void aChildThatDiesAndComesBackIsReported() throws Exception {
    start(Map.of("X-Scope", "tenant"));
    int pid = kill("web");
    LogRecord exit = awaitRecord("exited", "web");

    assertThat(TestCollector.attributes(exit.getAttributesList()))
        .containsEntry("supervisor.group", "web")
        .containsEntry("process.pid", Integer.toString(pid))
        .containsEntry("supervisor.from_state", "RUNNING")
        .containsEntry("supervisor.state", "EXITED")
        .containsEntry("supervisor.expected", "false")
        .containsEntry("supervisor.exit_status", "-1")
        .doesNotContainKey("process.exit.code");
    assertThat(exit.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
    assertThat(exit.getBody().getStringValue()).isEqualTo("web:web RUNNING -> EXITED");
    assertThat(exit.getTimeUnixNano()).isPositive();
    awaitValue("supervisor_process_restarts_total", Map.of("name", "web"), 1);
    awaitValue("supervisor_process_exits_total", Map.of("name", "web", "signal", "SIGKILL"), 1);
    awaitValue("supervisor_process_state", Map.of("name", "web", "state", "running"), 1);
    assertThat(collector.headers())
        .allSatisfy(headers -> assertThat(headers).containsEntry("X-scope", List.of("tenant")));
  }

  @Test
  void anExitCodeIsOneByTheSemanticConventions() {
    start(Map.of());
    running.engine().startProcess("ends", false);

    assertThat(TestCollector.attributes(awaitRecord("exited", "ends").getAttributesList()))
        .containsEntry("process.exit.code", "3")
        .containsEntry("supervisor.exit_status", "3");
  }

  @Test
  void metricsHaveNamesKindsAndUnits() {
    start(Map.of());
    awaitValue("supervisor_running", Map.of(), 1);
    awaitValue("supervisor_processes", Map.of("state", "running"), 1);
    Metric memory = collector.metrics("supervisor_process_resident_memory_bytes").get(0);
    Metric cpu = collector.metrics("process_cpu_seconds_total").get(0);
    Metric info = collector.metrics("supervisor_build_info").get(0);
    Metric reactions = collector.metrics("supervisor_reaction_seconds").get(0);

    assertThat(memory.getUnit()).isEqualTo("By");
    assertThat(memory.hasGauge()).isTrue();
    assertThat(cpu.getSum().getIsMonotonic()).isTrue();
    assertThat(cpu.getUnit()).isEqualTo("s");
    assertThat(cpu.getDescription()).contains("supervisord");
    assertThat(info.getGauge().getDataPoints(0).getAsDouble()).isEqualTo(1);
    HistogramDataPoint histogram = reactions.getHistogram().getDataPoints(0);
    assertThat(histogram.getBucketCountsCount()).isEqualTo(histogram.getExplicitBoundsCount() + 1);
    assertThat(collector.resource())
        .containsEntry("service.name", "supervisord")
        .containsEntry("service.instance.id", "host1:blue")
        .containsEntry("host.name", "host1")
        .containsEntry("process.pid", "42");
  }

  @Test
  void theEnvironmentSaysWhatTheFileLeavesOpen() {
    variables.putAll(
        Map.of(
            "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20a+b",
            "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
            "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=prod,service.name=x",
            "OTEL_SERVICE_NAME", "shop",
            "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "soon"));
    start(Map.of());
    awaitValue("supervisor_running", Map.of(), 1);

    assertThat(collector.resource())
        .containsEntry("deployment.environment", "prod")
        .containsEntry("service.name", "shop");
    assertThat(collector.headers().get(0))
        .containsEntry("Authorization", List.of("Bearer a+b"))
        .containsEntry("Content-encoding", List.of("gzip"));
    awaitLog(
        "environment variable OTEL_EXPORTER_OTLP_LOGS_TIMEOUT is no number of milliseconds: it is"
            + " not followed");
  }

  @Test
  void whatHappensWhileNobodyListensIsSentLater() throws Exception {
    int port = collector.port();
    collector.close();
    start("http://127.0.0.1:" + port, Map.of());
    awaitLog("otlp_endpoint http://127.0.0.1:" + port + " cannot be reached: connection refused");
    kill("web");
    await().atMost(PATIENCE).until(() -> running.info("web").restarts() == 1);
    collector = new TestCollector(port);

    awaitRecord("exited", "web");
    awaitLog("otlp_endpoint http://127.0.0.1:" + port + " is back after ");
    awaitLog("0 events were lost");
    assertThat(log().split("cannot be reached", -1)).hasSize(2);
    assertThat(lost).hasValue(0);
  }

  @Test
  void aCollectorThatIsOverloadedGetsTheSameAgain() throws Exception {
    collector.setStatus(503);
    start(Map.of());
    awaitLog("responds to /v1/metrics with status 503; events are kept");
    kill("web");
    await().atMost(PATIENCE).until(() -> collector.requests() > 2);
    collector.setStatus(200);

    awaitRecord("exited", "web");
    awaitLog("is back after");
    assertThat(log().split("status 503", -1)).hasSize(2);
    assertThat(collector.records().stream().filter(event("exited", "web"))).hasSize(1);
  }

  @Test
  void aCollectorThatHangsHoldsUpNothing() throws Exception {
    collector.setHanging(true);
    variables.put("OTEL_EXPORTER_OTLP_TIMEOUT", "1000");
    start(Map.of());
    awaitLog("does not respond within 1.0 s");
    kill("web");
    await().atMost(PATIENCE).until(() -> running.info("web").restarts() == 1);
    collector.setHanging(false);

    awaitRecord("exited", "web");
  }

  @Test
  void aCollectorThatTakesNoEventsGetsMetricsAllTheSame() throws Exception {
    collector.setLogsStatus(404);
    start(Map.of());
    awaitLog("responds to /v1/logs with status 404: events are lost");
    kill("web");
    awaitValue("supervisor_process_restarts_total", Map.of("name", "web"), 1);
    await()
        .atMost(PATIENCE)
        .until(() -> value("supervisor_events_dropped_total", Map.of("audience", "otlp")) > 0);
    collector.setLogsStatus(200);
    kill("web");

    awaitRecord("exited", "web");
    awaitLog("takes events again");
    assertThat(log().split("status 404", -1)).hasSize(2);
  }

  @Test
  void theEndSendsWhatIsLeft() throws Exception {
    start(Map.of());
    awaitRecord("running", "web");
    running.engine().stopProcess("web", true).toCompletableFuture().join();
    session.close();
    session.await(PATIENCE);

    assertThat(collector.records()).anyMatch(event("stopped", "web"));
    assertThat(value("supervisor_process_state", Map.of("name", "web", "state", "stopped")))
        .isEqualTo(1);
  }
}
