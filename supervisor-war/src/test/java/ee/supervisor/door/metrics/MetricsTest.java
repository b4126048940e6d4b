package ee.supervisor.door.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.door.DoorServer;
import ee.supervisor.door.TestConfiguration;
import ee.supervisor.event.ProcessState;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads. */
class MetricsTest {
  private DoorServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    server =
        DoorServer.start(
            new TestConfiguration(directory)
                .inet()
                .program("cat", "/bin/cat")
                .program("missing", "/no/such/program"),
            directory);
    await().until(() -> state("cat") == ProcessState.RUNNING);
    await().until(() -> state("missing") == ProcessState.FATAL);
  }

  private ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.uri(path)).header("Accept", accept).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void everyProcessIsMeasured() throws Exception {
    HttpResponse<String> response = get("/metrics", "text/plain");

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain");
    assertThat(response.body().lines())
        .contains(
            "supervisor_running 1",
            "supervisor_processes{state=\"running\"} 1",
            "supervisor_process_state{group=\"cat\",name=\"cat\",state=\"running\"} 1",
            "supervisor_process_state{group=\"missing\",name=\"missing\",state=\"fatal\"} 1",
            "# TYPE supervisor_process_restarts_total counter",
            "supervisor_process_restarts_total{group=\"cat\",name=\"cat\"} 0")
        .anyMatch(line -> line.startsWith("supervisor_loop_latency_seconds "))
        .anyMatch(line -> line.startsWith("supervisor_process_log_bytes{group=\"cat\""));
    assertThat(value(response.body(), "supervisor_process_resident_memory_bytes{group=\"cat\""))
        .isPositive();
  }

  private static double value(String text, String start) {
    String line = text.lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  @Test
  void openMetricsIsSpokenToWhoAsksForIt() throws Exception {
    HttpResponse<String> response = get("/metrics", "application/openmetrics-text; version=1.0.0");

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(response.body()).endsWith("# EOF\n");
    assertThat(response.body()).contains("# TYPE supervisor_process_restarts counter\n");
  }

  @Test
  void aLabelWithQuotesAndLinesIsEscaped() {
    MetricFamily family =
        new MetricFamily(
            "one",
            "help",
            MetricFamily.Type.GAUGE,
            List.of(new MetricFamily.Sample(Map.of("name", "a\"b\\c\nd"), 0.5)));

    assertThat(Exposition.PROMETHEUS.write(List.of(family)))
        .isEqualTo("# HELP one help\n# TYPE one gauge\none{name=\"a\\\"b\\\\c\\nd\"} 0.5\n");
  }

  @Test
  void theLoopIsAliveAndAProgramThatIsFatalIsNamed() throws Exception {
    HttpResponse<String> live = get("/health/live", "*/*");
    HttpResponse<String> ready = get("/health/ready", "*/*");
    HttpResponse<String> health = get("/health", "*/*");

    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).contains("\"control-loop\",\"status\":\"UP\"");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"fatal\":\"missing\"");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(get("/health/nothing", "*/*").statusCode()).isEqualTo(404);
  }

  @Test
  void aSupervisorWhoseProgramsAreUpIsReady() throws Exception {
    server.supervisor().removeGroup("missing").toCompletableFuture().join();

    HttpResponse<String> ready = get("/health/ready", "*/*");

    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("\"status\":\"UP\"");
  }
}
