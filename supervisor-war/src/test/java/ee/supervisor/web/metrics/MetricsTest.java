package ee.supervisor.web.metrics;

import static ee.supervisor.testing.Requirement.PROMETHEUS_CLIENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.metrics.MetricFamily;
import ee.supervisor.posix.Kernel;
import ee.supervisor.protocol.Signals;
import ee.supervisor.testing.Requires;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads. */
class MetricsTest {
  private static DoorServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
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

  private static ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> get(String path, String accept) throws Exception {
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
            "supervisor_process_restarts_total{group=\"missing\",name=\"missing\"} 3")
        .anyMatch(line -> line.startsWith("supervisor_loop_latency_seconds "))
        .anyMatch(line -> line.startsWith("supervisor_process_log_bytes{group=\"cat\""));
    assertThat(value(response.body(), "supervisor_process_resident_memory_bytes{group=\"cat\""))
        .isPositive();
  }

  @Test
  void whatHasHappenedIsCounted() throws Exception {
    Kernel.kill(server.supervisor().process("cat").pid(), Signals.SIGKILL);
    await().until(() -> server.supervisor().process("cat").restarts() == 1);
    await().until(() -> state("cat") == ProcessState.RUNNING);

    assertThat(get("/metrics", "*/*").body().lines())
        .contains(
            "supervisor_process_exits_total{group=\"cat\",name=\"cat\",code=\"\",signal=\"SIGKILL\"} 1",
            "supervisor_process_restarts_total{group=\"cat\",name=\"cat\"} 1",
            "supervisor_process_spawn_errors_total{group=\"missing\",name=\"missing\"} 4",
            "supervisor_process_log_written_bytes_total{group=\"cat\",name=\"cat\",channel=\"stdout\"} 0",
            "# TYPE supervisor_reaction_seconds histogram",
            "supervisor_reaction_seconds_bucket{le=\"+Inf\"} 1",
            "supervisor_reaction_seconds_count 1");
  }

  @Test
  void supervisordIsMeasuredItself() throws Exception {
    String text = get("/metrics", "*/*").body();

    assertThat(text).contains("supervisor_build_info{supervisor_version=\"4.3.0\"");
    assertThat(value(text, "process_resident_memory_bytes")).isPositive();
    assertThat(value(text, "process_cpu_seconds_total")).isPositive();
    assertThat(value(text, "process_open_fds")).isPositive();
    assertThat(value(text, "jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
    assertThat(value(text, "supervisor_start_time_seconds"))
        .isGreaterThan(value(text, "process_start_time_seconds"));
  }

  @Test
  @Requires(PROMETHEUS_CLIENT)
  void aParserOfPrometheusUnderstandsBothFormats() throws Exception {
    String text = get("/metrics", "text/plain").body();
    String open = get("/metrics", "application/openmetrics-text").body();

    assertThat(parsed("prometheus_client.parser", text))
        .contains("supervisor_process_exits counter", "supervisor_reaction_seconds histogram");
    assertThat(parsed("prometheus_client.openmetrics.parser", open))
        .contains(
            "supervisor_process_exits counter",
            "supervisor_reaction_seconds histogram",
            "supervisor_build info",
            "supervisor_process_uptime_seconds gauge");
  }

  /** Name and type of every family, as Prometheus' own client for Python reads them. */
  private static List<String> parsed(String parser, String text) throws Exception {
    String script =
        "import io, sys\nfrom %s import text_fd_to_metric_families as families\n".formatted(parser)
            + "for f in families(io.StringIO(sys.stdin.read())): print(f.name, f.type)\n";
    Process python =
        new ProcessBuilder("/usr/bin/python3", "-c", script).redirectErrorStream(true).start();
    try (OutputStream in = python.getOutputStream()) {
      in.write(text.getBytes(UTF_8));
    }
    String output = new String(python.getInputStream().readAllBytes(), UTF_8);
    assertThat(python.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  @Test
  void theAnswerIsCompressedForWhoWantsThat() throws Exception {
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri("/metrics"))
                    .header("Accept-Encoding", "deflate, gzip;q=0.5")
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
        .asString()
        .contains("supervisor_running 1");
  }

  @Test
  void metricsCanOnlyBeRead() throws Exception {
    HttpResponse<String> posted =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri("/metrics"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  void theBestWelcomeFormatIsChosen() {
    String prometheus3 =
        "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    assertThat(Exposition.accepted(prometheus3)).isEqualTo(Exposition.OPENMETRICS);
    assertThat(Exposition.accepted("application/openmetrics-text;q=0.2, text/*;q=0.3"))
        .isEqualTo(Exposition.PROMETHEUS);
    assertThat(Exposition.accepted("application/openmetrics-text;q=0"))
        .isEqualTo(Exposition.PROMETHEUS);
    assertThat(Exposition.accepted("text/html, */*;q=0.8")).isEqualTo(Exposition.PROMETHEUS);
    assertThat(Exposition.accepted(null)).isEqualTo(Exposition.PROMETHEUS);
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
            List.of(new MetricFamily.Sample("", Map.of("name", "a\"b\\c\nd"), 0.5)));

    assertThat(Exposition.PROMETHEUS.write(List.of(family)))
        .isEqualTo("# HELP one help\n# TYPE one gauge\none{name=\"a\\\"b\\\\c\\nd\"} 0.5\n");
  }
}
