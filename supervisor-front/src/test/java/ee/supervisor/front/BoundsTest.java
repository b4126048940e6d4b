package ee.supervisor.front;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What slow, silent and many clients may take, and what they cannot take from others. */
class BoundsTest {
  private static final String GET = "GET /x HTTP/1.1\r\n\r\n";
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path directory;

  private final List<RawClient> clients = new ArrayList<>();
  private TestFront front;
  private int port;

  private void start(ClientPatience patience, FrontLimits limits) throws IOException {
    front = new TestFront(new MemoryBudget(16 << 20), limits, patience).on("/", LeniencyTest.ECHO);
    port = front.listen();
  }

  private void start(ClientPatience patience) throws IOException {
    start(patience, new FrontLimits(1024, 512, 512, 64));
  }

  private RawClient client() throws IOException {
    RawClient client = RawClient.connect(port);
    clients.add(client);
    return client;
  }

  @AfterEach
  void close() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    front.close();
  }

  private static ClientPatience patience(
      Duration firstByte, Duration head, Duration body, Duration stalled, Duration idle) {
    return new ClientPatience(firstByte, head, body, stalled, idle, SHORT);
  }

  @Test
  void whoSendsNothingIsDropped() throws Exception {
    start(patience(SHORT, LONG, LONG, LONG, LONG));
    assertThat(client().rest()).isEmpty();
  }

  @Test
  void whoSendsHalfAHeadIsDroppedHoweverSlowlyItGoesOn() throws Exception {
    start(patience(LONG, SHORT, LONG, LONG, LONG));
    RawClient slow = client();
    slow.send("GET /x HTTP/1.1\r\nX: ");
    assertThat(slow.rest()).isEmpty();
    assertThat(front.front.counts().droppedConnections()).isEqualTo(1);
  }

  @Test
  void whoSendsHalfABodyIsTold() throws Exception {
    start(patience(LONG, LONG, SHORT, LONG, LONG));
    RawClient slow = client();
    slow.send("POST /x HTTP/1.1\r\nContent-Length: 1000\r\n\r\nabc");
    assertThat(slow.rest()).startsWith("HTTP/1.1 408 ").contains("\r\nConnection: close\r\n");
  }

  @Test
  void anIdleConnectionEndsInTheEnd() throws Exception {
    start(patience(LONG, LONG, LONG, LONG, SHORT));
    RawClient idle = client();
    idle.ask(GET);
    assertThat(idle.rest()).isEmpty();
  }

  @Test
  void whoTakesNothingOfAResponseIsDropped() throws Exception {
    start(patience(LONG, LONG, LONG, SHORT, LONG));
    front.on(
        "/large",
        request ->
            completedStage(
                new HttpResponse(200, Map.of(), new HttpResponse.Body.Whole(new byte[12 << 20]))));
    client().send("GET /large HTTP/1.1\r\n\r\n");
    await().until(() -> front.front.counts().droppedConnections() == 1);
    await().until(() -> front.budget.held() == 0);
  }

  @Test
  void whereMemoryIsShortWhoTakesNothingMakesRoomForOthers() throws Exception {
    start(patience(LONG, LONG, LONG, LONG, LONG));
    front.on(
        "/large",
        request ->
            completedStage(
                new HttpResponse(200, Map.of(), new HttpResponse.Body.Whole(new byte[5 << 20]))));
    for (int i = 0; i < 3; i++) {
      client().send("GET /large HTTP/1.1\r\n\r\n");
    }
    await().until(() -> front.front.counts().droppedConnections() == 1);
    assertThat(client().ask("GET /large HTTP/1.1\r\n\r\n")).contains("200 OK");
  }

  @Test
  void aSmallCallIsAnsweredHoweverMuchOthersHold() throws Exception {
    start(ClientPatience.USUAL);
    front.budget.open().take(front.budget.limit());
    String call = "POST /x HTTP/1.1\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000);
    assertThat(client().ask(call)).contains("200 OK");
  }

  @Test
  void aStreamGoesOnThoughOthersHoldAllTheirRoom() throws Exception {
    start(ClientPatience.USUAL);
    front.front.streams().open().take(front.front.streams().limit());
    byte[] log = new byte[100_000];
    front.on(
        "/log",
        request ->
            completedStage(
                new HttpResponse(
                    200,
                    Map.of(),
                    new HttpResponse.Body.Streamed(
                        log.length, () -> new ByteArrayInputStream(log)))));
    assertThat(client().ask("GET /log HTTP/1.1\r\n\r\n")).hasSizeGreaterThan(log.length);
  }

  @Test
  void whoWaitsForAResponseIsNotDropped() throws Exception {
    start(patience(SHORT, SHORT, SHORT, SHORT, SHORT));
    CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    front.on("/later", request -> later);
    RawClient waiting = client();
    waiting.send("GET /later HTTP/1.1\r\n\r\n");
    assertThat(client().rest()).isEmpty();
    assertThat(client().rest()).isEmpty();
    later.complete(HttpResponse.text(200, "text/plain", "at last"));
    assertThat(waiting.response()).endsWith("at last");
  }

  @Test
  void whoComesTakesThePlaceOfOneThatIsIdle() throws Exception {
    start(ClientPatience.USUAL, new FrontLimits(100, 4, 100, 10));
    RawClient first = client();
    first.ask(GET);
    for (int i = 0; i < 3; i++) {
      client().ask(GET);
    }
    RawClient next = client();
    assertThat(next.ask(GET)).contains("200 OK");
    assertThat(first.rest()).isEmpty();
    assertThat(front.front.counts().displacedConnections()).isEqualTo(1);
  }

  @Test
  void whoIsBeingAnsweredKeepsItsPlace() throws Exception {
    start(ClientPatience.USUAL, new FrontLimits(100, 100, 3, 10));
    CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    front.on("/later", request -> later);
    for (int i = 0; i < 3; i++) {
      client().send("GET /later HTTP/1.1\r\n\r\n");
    }
    await()
        .until(
            () -> !front.front.connections().all().stream().anyMatch(one -> one.isDispensable()));
    assertThat(client().rest()).isEmpty();
    assertThat(front.front.counts().refusedConnections()).isEqualTo(1);
    later.complete(HttpResponse.text(200, "text/plain", "at last"));
    assertThat(clients.get(0).response()).endsWith("at last");
  }

  @Test
  void whoFollowsLeavesPlacesToThoseThatAsk() throws Exception {
    start(ClientPatience.USUAL, new FrontLimits(100, 8, 100, 10));
    front.on("/events", request -> completedStage(ResponsesTest.quiet()));
    for (int i = 0; i < 7; i++) {
      assertThat(client().send("GET /events HTTP/1.1\r\n\r\n").response()).contains("200 OK");
    }
    assertThat(client().send("GET /events HTTP/1.1\r\n\r\n").rest()).contains("503 ");
    assertThat(client().ask(GET)).contains("200 OK");
    clients.get(0).close();
    await().until(() -> client().ask("GET /events HTTP/1.1\r\n\r\n").contains("200 OK"));
  }

  @Test
  void theSocketHasPlacesOfItsOwn() throws Exception {
    start(ClientPatience.USUAL, new FrontLimits(12, 100, 100, 4));
    Path file = directory.resolve("s.sock");
    front.listen(TestFront.unix(file), Optional.empty());
    front.on("/later", request -> new CompletableFuture<>());
    for (int i = 0; i < 8; i++) {
      client().send("GET /later HTTP/1.1\r\n\r\n");
    }
    await().until(() -> front.front.connections().size() == 8);
    await()
        .until(
            () -> !front.front.connections().all().stream().anyMatch(one -> one.isDispensable()));
    assertThat(client().rest()).isEmpty();
    try (RawClient local = RawClient.connect(file)) {
      assertThat(local.ask(GET)).contains("200 OK");
    }
  }

  @Test
  void largeHeadsHaveABudgetAndUsualOnesNeedNone() throws Exception {
    start(ClientPatience.USUAL);
    for (int i = 0; i < 100; i++) {
      client().send("GET /x HTTP/1.1\r\nX: " + "x".repeat(60_000));
    }
    RawClient tooMany = client();
    tooMany.send("GET /x HTTP/1.1\r\nX: " + "x".repeat(60_000) + "\r\n\r\n");
    assertThat(tooMany.rest()).startsWith("HTTP/1.1 503 ");
    assertThat(client().ask(GET)).contains("200 OK");
  }

  @Test
  void whatIsSentAheadIsNotReadWithoutEnd() throws Exception {
    start(ClientPatience.USUAL);
    CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    front.on("/later", request -> later);
    RawClient ahead = client();
    ahead.send("GET /later HTTP/1.1\r\n\r\n");
    AtomicInteger sent = new AtomicInteger();
    Thread sender =
        new Thread(
            () -> {
              try {
                while (true) {
                  ahead.send(GET.repeat(50));
                  sent.incrementAndGet();
                }
              } catch (IOException e) {
                // closed at the end
              }
            });
    sender.setDaemon(true);
    sender.start();
    // the buffers of the kernel are full in the end
    Set<Integer> seen = new HashSet<>();
    await().pollInterval(Duration.ofMillis(200)).until(() -> !seen.add(sent.get()));
    assertThat(front.front.connections().all().get(0).received()).isLessThan(64_000);
    later.complete(HttpResponse.text(200, "text/plain", "at last"));
    assertThat(ahead.response()).endsWith("at last");
    assertThat(ahead.response()).contains("200 OK");
  }
}
