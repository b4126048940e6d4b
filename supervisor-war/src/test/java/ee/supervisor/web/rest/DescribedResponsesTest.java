package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** REST answers what the OpenAPI document says that it answers. */
@Timeout(120)
class DescribedResponsesTest {
  private static final String SIGNAL = "{\"signal\":\"CONT\"}";

  private final Contract contract = new Contract();
  private CheckedClient client;
  private TestConfiguration configuration;
  private DoorServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    configuration =
        new TestConfiguration(directory)
            .inet()
            .program("cat", "/bin/cat")
            .program("missing", "/no/such/program");
    server = DoorServer.start(configuration, directory);
    client = new CheckedClient(server, contract);
    awaitState(ProcessState.RUNNING);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void awaitState(ProcessState state) {
    await().until(() -> server.supervisor().process("cat").state() == state);
  }

  private HttpResponse<String> expect(
      int status, String verb, String path, String body, String... headers) throws Exception {
    HttpResponse<String> response = client.send(verb, path, body, headers);
    assertThat(response.statusCode()).as(verb + " " + path + response.body()).isEqualTo(status);
    return response;
  }

  @Test
  void everyOperationAnswersAsItIsDescribed() throws Exception {
    processes();
    all();
    groups();
    configuration();
    logs();
    events();
    supervisor();

    Set<String> described = contract.successes();
    // after which this test's server could not be stopped; a restart is answered alike
    described.remove("post /supervisor/shutdown 202");
    assertThat(contract.seen()).containsAll(described);
  }

  private void processes() throws Exception {
    HttpResponse<String> list = expect(200, "GET", "/processes?name=cat", "");
    String tag = list.headers().firstValue("ETag").orElseThrow();
    expect(304, "GET", "/processes?name=cat", "", "If-None-Match", tag);
    expect(200, "GET", "/processes", "");
    expect(200, "GET", "/processes?usage=true", "");
    expect(200, "GET", "/processes/cat", "");
    expect(200, "GET", "/processes/missing", "");
    expect(200, "POST", "/processes/cat/stop?dryRun=true", "");
    expect(202, "POST", "/processes/cat/stop", "");
    awaitState(ProcessState.STOPPED);
    expect(200, "POST", "/processes/cat/start?dryRun=true", "");
    expect(202, "POST", "/processes/cat/start", "");
    awaitState(ProcessState.RUNNING);
    expect(200, "POST", "/processes/cat/stop?wait=true", "");
    expect(200, "POST", "/processes/cat/start?wait=true", "");
    expect(200, "POST", "/processes/cat/restart?wait=true", "");
    expect(200, "POST", "/processes/cat/restart?dryRun=true", "");
    expect(202, "POST", "/processes/cat/restart", "");
    awaitState(ProcessState.RUNNING);
    expect(200, "POST", "/processes/cat/signal?dryRun=true", SIGNAL);
    expect(204, "POST", "/processes/cat/signal", SIGNAL);
    expect(200, "POST", "/processes/cat/stdin?dryRun=true", "{\"data\":\"a\"}");
    expect(204, "POST", "/processes/cat/stdin", "{\"data\":\"0123456789\"}");
    await().until(() -> Files.size(configuration.log("cat", "stdout")) == 10);
  }

  /** What takes time can be tried, waited for, or left to itself. */
  private void expectInThreeWays(String path) throws Exception {
    expect(200, "POST", path + "?dryRun=true", "");
    expect(200, "POST", path + "?wait=true", "");
    expect(202, "POST", path, "");
  }

  private void all() throws Exception {
    for (String action : List.of("stop", "start", "restart")) {
      expectInThreeWays("/all/" + action);
    }
    // one that cannot be started is among them
    expect(409, "POST", "/all/roll?wait=true&batch=9", "");
    for (String path : List.of("/all/roll?batch=1&", "/processes/cat/roll?")) {
      expect(200, "POST", path + "dryRun=true", "");
    }
    expect(200, "POST", "/processes/cat/roll?wait=true&timeout=20", "");
    for (String path : List.of("/processes/cat/roll", "/all/roll")) {
      awaitState(ProcessState.RUNNING);
      expect(202, "POST", path, "");
      awaitNoRoll(path);
    }
    awaitState(ProcessState.RUNNING);
    expect(200, "POST", "/all/signal?dryRun=true", SIGNAL);
    expect(200, "POST", "/all/signal", SIGNAL);
  }

  /** Two of the same process refuse each other. */
  private void awaitNoRoll(String path) {
    await()
        .until(
            () ->
                client.send("POST", path + "?wait=true", "").statusCode() != 409
                    || !client
                        .send("POST", path + "?wait=true", "")
                        .body()
                        .contains("ALREADY_STARTED"));
  }

  private void groups() throws Exception {
    expect(200, "GET", "/groups", "");
    expect(200, "GET", "/groups/cat", "");
    for (String action : List.of("start", "restart", "roll", "stop")) {
      expectInThreeWays("/groups/cat/" + action);
      if (action.equals("roll")) {
        awaitNoRoll("/groups/cat/roll");
      }
      awaitState(action.equals("stop") ? ProcessState.STOPPED : ProcessState.RUNNING);
    }
    expect(200, "DELETE", "/groups/cat?dryRun=true", "");
    expect(204, "DELETE", "/groups/cat", "");
    expect(200, "PUT", "/groups/cat?dryRun=true", "");
    expect(201, "PUT", "/groups/cat", "");
    awaitState(ProcessState.RUNNING);
    expect(200, "POST", "/groups/cat/signal?dryRun=true", SIGNAL);
    expect(200, "POST", "/groups/cat/signal", SIGNAL);
  }

  private void configuration() throws Exception {
    expect(200, "GET", "/configuration", "");
    configuration.program("another", "/bin/cat");
    expect(200, "POST", "/configuration/reread", "");
    expect(200, "POST", "/configuration/reread?dryRun=true", "");
    expect(200, "GET", "/configuration/plan", "");
    expect(200, "GET", "/graph", "");
    expect(200, "GET", "/configuration/plan?onlyChanged=true&group=another&group=cat", "");
    expect(404, "GET", "/configuration/plan?group=nope", "");
    expect(200, "POST", "/configuration/update?dryRun=true", "");
    expect(200, "POST", "/configuration/update?wait=true", "");
    expect(202, "POST", "/configuration/update?onlyChanged=true&group=another", "");
    expect(202, "POST", "/configuration/update", "");
  }

  private void logs() throws Exception {
    for (String log : List.of("/logs/cat/stdout", "/logs/supervisor")) {
      expect(200, "GET", log, "");
      expect(206, "GET", log, "", "Range", "bytes=0-3");
      expect(200, "HEAD", log, "");
      expect(200, "DELETE", log + "?dryRun=true", "");
      expect(204, "DELETE", log, "");
    }
  }

  private void events() throws Exception {
    HttpResponse<InputStream> events =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri("/api/v1/events")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    events.body().close();
    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    contract.seen().add("get /events " + events.statusCode());
  }

  private void supervisor() throws Exception {
    expect(200, "GET", "/supervisor", "");
    String message = "{\"type\":\"deployed\",\"data\":\"web\"}";
    expect(200, "POST", "/supervisor/remote-communication?dryRun=true", message);
    expect(204, "POST", "/supervisor/remote-communication", message);
    expect(200, "POST", "/supervisor/reopen-logs?dryRun=true", "");
    expect(204, "POST", "/supervisor/reopen-logs", "");
    expect(200, "POST", "/supervisor/restart?dryRun=true", "");
    expect(200, "POST", "/supervisor/shutdown?dryRun=true", "");
    expect(202, "POST", "/supervisor/restart", "");
    awaitState(ProcessState.RUNNING);
  }

  @Test
  void everyPathAllowsTheVerbsThatAreDescribed() throws Exception {
    Set<String> paths =
        contract.operations().stream()
            .map(Contract.Operation::path)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String path : paths) {
      Set<String> described = new TreeSet<>(List.of("OPTIONS"));
      contract.operations().stream()
          .filter(operation -> operation.path().equals(path))
          .map(operation -> operation.verb().toUpperCase(Locale.ROOT))
          .forEach(described::add);
      if (described.contains("GET")) {
        described.add("HEAD");
      }
      String actual =
          path.replace("{name}", "cat").replace("{group}", "cat").replace("{channel}", "stdout");

      HttpResponse<String> options = expect(200, "OPTIONS", actual, "");
      HttpResponse<String> refused = expect(405, "PATCH", actual, "");

      assertThat(allowed(options)).as(path).isEqualTo(described);
      assertThat(allowed(refused)).as(path).isEqualTo(described);
    }
  }

  private static Set<String> allowed(HttpResponse<String> response) {
    return Arrays.stream(response.headers().firstValue("Allow").orElse("").split(","))
        .map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
