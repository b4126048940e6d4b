package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with three programs, and a client of REST whose every answer is held against the OpenAPI
 * document.
 */
abstract class RestTestCase {
  private static final Contract CONTRACT = new Contract();

  final HttpClient client = HttpClient.newHttpClient();
  TestConfiguration configuration;
  DoorServer server;
  private CheckedClient checked;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    configuration =
        new TestConfiguration(directory)
            .inet()
            .program("cat", "/bin/cat")
            .program("slow", "/bin/sleep 1000", 3600)
            .program("missing", "/no/such/program");
    server = DoorServer.start(configuration, directory);
    checked = new CheckedClient(server, CONTRACT);
    await().until(() -> state("cat") == ProcessState.RUNNING);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return checked.send(method, path, body, headers);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> post(String path) throws Exception {
    return send("POST", path, "");
  }

  static JsonObject object(HttpResponse<String> response) throws Exception {
    return JsonParser.object().from(response.body());
  }

  static void assertProblem(HttpResponse<String> response, int status, String fault)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonObject problem = object(response);
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("fault")).isEqualTo(fault);
  }
}
