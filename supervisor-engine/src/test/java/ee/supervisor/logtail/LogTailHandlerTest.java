package ee.supervisor.logtail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.access.Caller;
import ee.supervisor.config.Role;
import ee.supervisor.control.RunningEngine;
import ee.supervisor.event.ProcessState;
import ee.supervisor.http.ByteSource;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogTailHandlerTest {
  private final Queue<Runnable> reading = new ArrayDeque<>();
  private Path directory;
  private RunningEngine engine;
  private LogTailHandler handler;

  @BeforeAll
  void start(@TempDir Path scratch) {
    directory = scratch;
    engine =
        RunningEngine.start(
            directory,
            """
            [program:cat]
            command = /bin/cat
            startsecs = 0
            stdout_logfile = @DIR@/cat.log
            stderr_logfile = NONE
            """);
    handler = new LogTailHandler(() -> Optional.of(engine.engine()), reading::add);
    engine.awaitState("cat", ProcessState.RUNNING);
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private CompletableFuture<HttpResponse> request(String method, String path) {
    Caller caller = new Caller(Optional.empty(), "127.0.0.1", Role.VIEWER);
    return handler
        .handle(new HttpRequest(method, path, "", Map.of(), new byte[0], caller))
        .toCompletableFuture();
  }

  private HttpResponse get(String path) {
    CompletableFuture<HttpResponse> response = request("GET", path);
    if (!response.isDone()) {
      reading.remove().run();
    }
    return response.join();
  }

  @Test
  void theFileIsLookedAtElsewhere() throws Exception {
    Path log = directory.resolve("cat.log");
    Files.writeString(log, "what it wrote\n");
    Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2026-02-03T04:05:06Z")));

    CompletableFuture<HttpResponse> response = request("GET", "/logtail/cat");
    assertThat(response).isNotDone();
    reading.remove().run();

    assertThat(response.join().status()).isEqualTo(200);
    assertThat(response.join().headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Content-Type", "text/plain;charset=utf-8",
                "Last-Modified", "Tue, 03 Feb 2026 04:05:06 GMT",
                "X-Content-Type-Options", "nosniff",
                "X-Accel-Buffering", "no"));
    HttpResponse.Body.Endless body = (HttpResponse.Body.Endless) response.join().body();
    ByteBuffer bytes = ByteBuffer.allocate(100);
    try (ByteSource source = body.source().open()) {
      source.read(bytes);
    }
    assertThat(new String(bytes.array(), 0, bytes.position(), UTF_8)).isEqualTo("what it wrote\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/logtail/cat",
        "/logtail/cat/stdout",
        "/logtail//cat",
        "/mainlogtail",
        "/mainlogtail/x"
      })
  void aLogThatIsThereIsFollowed(String path) throws Exception {
    Files.writeString(directory.resolve("cat.log"), "something\n");
    assertThat(LogTailHandler.matches(path)).isTrue();
    assertThat(get(path).body()).isInstanceOf(HttpResponse.Body.Endless.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/logtail",
        "/logtail/",
        "/logtail/nope",
        "/logtail/cat:*",
        "/logtail/cat/stderr",
        "/logtail/cat/x",
        "/logtail/cat/stdout/x"
      })
  void whatIsNotThereIsNotFound(String path) {
    assertThat(get(path).status()).isEqualTo(404);
  }

  @Test
  void aFileThatIsGoneIsNotFound() throws Exception {
    Files.deleteIfExists(directory.resolve("cat.log"));
    assertThat(get("/logtail/cat").status()).isEqualTo(404);
  }

  @Test
  void nothingElseIsDoneToALog() {
    assertThat(request("POST", "/logtail/cat").join().status()).isEqualTo(400);
    assertThat(request("HEAD", "/mainlogtail").join().status()).isEqualTo(400);
  }
}
