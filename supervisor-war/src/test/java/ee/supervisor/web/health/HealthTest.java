package ee.supervisor.web.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load balancer or an orchestrator asks. */
class HealthTest {
  @TempDir private Path directory;

  private DoorServer start(TestConfiguration configuration) throws Exception {
    return DoorServer.start(configuration.inet(), directory);
  }

  private static HttpResponse<String> get(DoorServer server, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aProgramThatIsFatalIsNamedWhileTheLoopIsAlive() throws Exception {
    try (DoorServer server =
        start(
            new TestConfiguration(directory)
                .program("cat", "/bin/cat")
                .program("missing", "/no/such/program"))) {
      await().until(() -> get(server, "/health/ready").body().contains("\"fatal\":\"missing\""));

      HttpResponse<String> live = get(server, "/health/live");
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.body()).contains("\"control-loop\",\"status\":\"UP\"");
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(server, "/health").statusCode()).isEqualTo(503);
      assertThat(get(server, "/health/nothing").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aSupervisorWhoseProgramsAreUpIsReady() throws Exception {
    try (DoorServer server = start(new TestConfiguration(directory).program("cat", "/bin/cat"))) {
      await().until(() -> server.supervisor().process("cat").state() == ProcessState.RUNNING);

      HttpResponse<String> ready = get(server, "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("\"status\":\"UP\"");
    }
  }
}
