package ee.supervisor.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.access.Caller;
import ee.supervisor.config.Role;
import ee.supervisor.control.RunningEngine;
import ee.supervisor.control.Supervisor;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivenessHandlerTest {

  private static HttpResponse ask(Optional<Supervisor> supervisor, String method) throws Exception {
    Caller caller = new Caller(Optional.empty(), "127.0.0.1", Role.VIEWER);
    return new LivenessHandler(() -> supervisor)
        .handle(new HttpRequest(method, "/health/live", "", Map.of(), new byte[0], caller))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static String text(HttpResponse response) {
    return new String(((HttpResponse.Body.Whole) response.body()).bytes(), UTF_8);
  }

  @Test
  void aLoopThatTurnsIsUp(@TempDir Path directory) throws Exception {
    try (RunningEngine engine = RunningEngine.start(directory, "")) {
      HttpResponse response = ask(Optional.of(engine.engine()), "GET");
      assertThat(response.status()).isEqualTo(200);
      assertThat(text(response))
          .isEqualTo(
              "{\"status\":\"UP\",\"checks\":[{\"name\":\"control-loop\",\"status\":\"UP\"}]}\n");
      assertThat(response.headers())
          .containsEntry("Content-Type", "application/json")
          .containsEntry("Cache-Control", "no-store");
      assertThat(ask(Optional.of(engine.engine()), "HEAD").status()).isEqualTo(200);
    }
  }

  @Test
  void withoutASupervisorNothingIsUp() throws Exception {
    HttpResponse response = ask(Optional.empty(), "GET");
    assertThat(response.status()).isEqualTo(503);
    assertThat(text(response)).contains("\"supervisord\",\"status\":\"DOWN\"");
  }

  @Test
  void itCanOnlyBeRead() throws Exception {
    assertThat(ask(Optional.empty(), "POST").status()).isEqualTo(405);
    assertThat(ask(Optional.empty(), "POST").headers())
        .containsEntry("Allow", "GET, HEAD, OPTIONS");
    assertThat(ask(Optional.empty(), "OPTIONS").headers())
        .containsEntry("Allow", "GET, HEAD, OPTIONS");
  }
}
