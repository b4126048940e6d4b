package ee.supervisor.web.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.posix.Bytes;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endless answers of REST: events and followed logs. */
@Timeout(60)
class EventStreamTest {
  private static final Contract CONTRACT = new Contract();

  private final HttpClient client = HttpClient.newHttpClient();
  private DoorServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    server =
        DoorServer.start(
            new TestConfiguration(directory).inet().program("cat", "/bin/cat"), directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private BufferedReader open(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/api/v1" + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  /** Lines up to the first that contains {@code text}. */
  private static List<String> readUntil(BufferedReader lines, String text) throws Exception {
    List<String> seen = new ArrayList<>();
    String line;
    do {
      line = lines.readLine();
      assertThat(line).as("the stream ended after %s", seen).isNotNull();
      seen.add(line);
    } while (!line.contains(text));
    ServerSentEvents.check(CONTRACT, seen);
    return seen;
  }

  private void emit(String type) {
    server.supervisor().sendRemoteCommEvent(type, Bytes.utf8("data")).toCompletableFuture().join();
  }

  private static String lastId(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("id: "))
        .reduce((first, second) -> second)
        .orElseThrow()
        .substring("id: ".length());
  }

  @Test
  void aStateChangeIsToldAsItHappens() throws Exception {
    try (BufferedReader events = open("/events?type=PROCESS_STATE")) {
      readUntil(events, "retry");
      server.supervisor().stopProcess("cat", true).toCompletableFuture().join();

      List<String> lines = readUntil(events, "\"to\":\"STOPPED\"");
      assertThat(lines).contains("event: PROCESS_STATE_STOPPING", "event: PROCESS_STATE_STOPPED");
    }
  }

  @Test
  void onlyTheTypesThatAreAskedForAreTold() throws Exception {
    try (BufferedReader events = open("/events?type=REMOTE_COMMUNICATION")) {
      readUntil(events, "retry");
      server.supervisor().stopProcess("cat", true).toCompletableFuture().join();
      emit("mine");

      assertThat(readUntil(events, "\"name\":\"mine\"")).noneMatch(line -> line.contains("STATE"));
    }
  }

  @Test
  void whoComesAgainHearsWhatItMissed() throws Exception {
    String id;
    try (BufferedReader events = open("/events?type=REMOTE_COMMUNICATION")) {
      readUntil(events, "retry");
      emit("first");
      id = lastId(readUntil(events, "\"name\":\"first\""));
    }
    emit("second");
    try (BufferedReader events = open("/events?type=REMOTE_COMMUNICATION", "Last-Event-ID", id)) {
      assertThat(readUntil(events, "\"name\":\"second\""))
          .noneMatch(line -> line.contains("first"));
    }
  }

  @Test
  void whoWasAwayForTooLongIsToldHowManyItMissed() throws Exception {
    String id;
    try (BufferedReader events = open("/events?type=REMOTE_COMMUNICATION")) {
      readUntil(events, "retry");
      emit("first");
      id = lastId(readUntil(events, "\"name\":\"first\""));
    }
    for (int i = 0; i < 1200; i++) {
      emit("more" + i);
    }
    try (BufferedReader events = open("/events?type=REMOTE_COMMUNICATION", "Last-Event-ID", id)) {
      List<String> lines = readUntil(events, "\"name\":\"more1199\"");
      assertThat(lines).contains("event: lost");
      assertThat(lines.stream().filter(line -> line.startsWith("id: "))).hasSizeLessThan(1001);
    }
  }

  @Test
  void aTypeThatDoesNotExistIsRefused() throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(server.uri("/api/v1/events?type=NONSENSE")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("NONSENSE");
  }

  @Test
  void aLogIsFollowedPieceByPiece() throws Exception {
    await().until(() -> server.supervisor().process("cat").stdoutLogfile().isPresent());
    try (BufferedReader log = open("/logs/cat/stdout", "Accept", "text/event-stream")) {
      readUntil(log, ": following");
      server
          .supervisor()
          .sendProcessStdin("cat", Bytes.utf8("grüße\nzwei\n"))
          .toCompletableFuture()
          .join();

      assertThat(readUntil(log, "zwei")).contains("data: \"grüße\\nzwei\\n\"");
    }
  }
}
