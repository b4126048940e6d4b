package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.otlp.TestCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector, and a whole supervisord that sends to it. */
class OtlpTest {
  private static final String PROGRAMS =
      """
      [program:web]
      command = /bin/sleep 1000
      startsecs = 0
      [program:env]
      command = /usr/bin/env
      stdout_logfile = %(here)s/env.log
      environment = OTEL_SERVICE_NAME="shop"
      autorestart = false
      startsecs = 0
      """;

  @TempDir private Path directory;

  private static long pidOf(Tree tree, String name) throws IOException, InterruptedException {
    String info = tree.call("supervisor.getProcessInfo", name);
    String pid = info.replaceAll("(?s).*<name>pid</name>\\s*<value><int>(\\d+)</int>.*", "$1");
    return Long.parseLong(pid);
  }

  private static Stream<Map<String, String>> events(TestCollector collector, String name) {
    return collector.records().stream()
        .filter(record -> record.getEventName().equals(name))
        .map(record -> TestCollector.attributes(record.getAttributesList()));
  }

  @Test
  void aChildThatDiesAndComesBackIsSeenByTheCollector() throws Exception {
    try (TestCollector collector = new TestCollector();
        Tree tree = new Tree(directory)) {
      tree.configure(PROGRAMS);
      tree.addToSupervisord(
          "otlp_endpoint = " + collector.endpoint() + "\notlp_interval = 1\notlp_headers = X=y");
      // Maven's own variable has the modules that it was called for, this one's as well
      tree.startByAndAwait(
          List.of(
              "/usr/bin/env", "-u", "MAVEN_CMD_LINE_ARGS", "OTEL_RESOURCE_ATTRIBUTES=team=blue"));
      // those of the start, which was over before anything of it was loaded
      await()
          .atMost(Tree.PATIENCE)
          .until(
              () ->
                  events(collector, "supervisor.process_state_running")
                      .anyMatch(event -> event.get("supervisor.process").equals("web")));
      long pid = pidOf(tree, "web");
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      await()
          .atMost(Tree.PATIENCE)
          .until(
              () ->
                  events(collector, "supervisor.process_state_exited")
                      .anyMatch(event -> event.get("process.pid").equals(Long.toString(pid))));
      await()
          .atMost(Tree.PATIENCE)
          .until(() -> !collector.metrics("supervisor_process_restarts_total").isEmpty());
      assertThat(collector.resource())
          .containsEntry("team", "blue")
          .containsEntry("service.name", "supervisord");
      assertThat(tree.text("env.log"))
          .contains("OTEL_SERVICE_NAME=shop", "OTEL_RESOURCE_ATTRIBUTES=team=blue")
          .doesNotContain("otlp", "OTEL_EXPORTER");
      tree.call("supervisor.shutdown");
      await()
          .atMost(Tree.PATIENCE)
          .until(
              () ->
                  events(collector, "supervisor.process_state_stopped")
                      .anyMatch(event -> event.get("supervisor.process").equals("web")));
    }
  }

  @Test
  void nothingOfItIsLoadedUnlessItIsConfigured() throws Exception {
    try (Tree tree = new Tree(directory)) {
      tree.configure(PROGRAMS);
      tree.startByAndAwait(
          List.of("/usr/bin/env", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318"));
      tree.awaitPage();

      Path process = Path.of("/proc", Long.toString(tree.pid()));
      assertThat(Files.readString(process.resolve("maps"))).doesNotContain("lib/otlp");
      try (Stream<Path> threads = Files.list(process.resolve("task"))) {
        assertThat(threads.map(OtlpTest::name)).noneMatch(name -> name.contains("supervisor-otl"));
      }
      try (Stream<Path> open = Files.list(process.resolve("fd"))) {
        assertThat(open.map(OtlpTest::target)).noneMatch(file -> file.contains("lib/otlp"));
      }
    }
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm"));
    } catch (IOException e) {
      return ""; // it has just ended
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // it has just been closed
    }
  }
}
