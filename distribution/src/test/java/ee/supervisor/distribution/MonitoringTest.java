package ee.supervisor.distribution;

import static ee.supervisor.testing.Requirement.PROMTOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alert rules and dashboard of docs/monitoring, against the metrics of a whole supervisord. */
@Requires(PROMTOOL)
class MonitoringTest {
  private static final Path DOCS = Path.of("../docs/monitoring").toAbsolutePath();

  private static final Pattern METRIC =
      Pattern.compile("\\b((?:supervisor|process|jvm)_[a-z_]+)\\b");

  @TempDir private Path directory;

  private String promtool(Path in, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("promtool.out");
    Process process =
        new ProcessBuilder(command)
            .directory(DOCS.toFile())
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int exit = Tree.exitCode(process);
    assertThat(exit).as(Files.readString(out)).isZero();
    return Files.readString(out);
  }

  @Test
  void theRulesAreRulesAndAlarmWhenTheyShould() throws Exception {
    Path nothing = Path.of("/dev/null");
    assertThat(promtool(nothing, "check", "rules", "supervisor.rules.yml")).contains("SUCCESS");
    assertThat(promtool(nothing, "test", "rules", "supervisor.rules.test.yml")).contains("SUCCESS");
  }

  @Test
  void whatRulesAndDashboardAskForIsInTheMetricsOfALiveServer() throws Exception {
    try (Tree tree = new Tree(directory)) {
      tree.configure(
          """
          [program:cat]
          command = /bin/cat
          startsecs = 0
          [program:broken]
          command = /bin/sh -c 'exit 3'
          startretries = 0
          """);
      tree.startAndAwait();
      tree.awaitPage();
      await()
          .untilAsserted(
              () ->
                  assertThat(metrics(tree))
                      .contains(
                          "supervisor_process_state{group=\"broken\",name=\"broken\","
                              + "state=\"fatal\"} 1"));
      Path file = directory.resolve("metrics");
      Files.writeString(file, metrics(tree));

      promtool(file, "check", "metrics");

      Set<String> there = names(Files.readString(file));
      for (String document : List.of("supervisor.rules.yml", "grafana-dashboard.json")) {
        Set<String> missing = names(Files.readString(DOCS.resolve(document)));
        missing.removeAll(there);
        assertThat(missing).as(document).isEmpty();
      }
    }
  }

  private static String metrics(Tree tree) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tree.port() + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = METRIC.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
