package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of Supervisor send, however old or home-made they are. */
class LeniencyTest {
  private final TestFront front = new TestFront();
  private RawClient client;

  private static final String CHUNKED_HEAD =
      "POST /RPC2 HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n";

  /** Tells what it was asked. */
  static final HttpHandler ECHO =
      request ->
          completedStage(
              HttpResponse.text(
                  200,
                  "text/plain",
                  "%s %s?%s %s [%s] %s"
                      .formatted(
                          request.method(),
                          request.path(),
                          request.query(),
                          request.header("Content-Length").orElse("-"),
                          new String(request.body(), UTF_8),
                          request.caller().from())));

  @BeforeEach
  void serve() throws IOException {
    client = RawClient.connect(front.on("/", ECHO).listen());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    front.close();
  }

  @Test
  void http11WithoutHost() throws Exception {
    assertThat(client.ask("POST /RPC2 HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("POST /RPC2? 4 [body] 127.0.0.1");
  }

  @Test
  void http10IsAnsweredAsHttp10AndClosed() throws Exception {
    client.send("GET /x HTTP/1.0\r\n\r\n");
    assertThat(client.rest())
        .startsWith("HTTP/1.0 200 OK\r\n")
        .contains("\r\nConnection: close\r\n")
        .contains("\r\nContent-Length: ")
        .endsWith("GET /x? - [] 127.0.0.1");
  }

  @Test
  void http10WithKeepAliveGoesOn() throws Exception {
    String request = "GET /x HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n";
    assertThat(client.ask(request)).contains("\r\nConnection: Keep-Alive\r\n");
    assertThat(client.ask(request)).contains("200 OK");
  }

  @Test
  void oneConnectionTakesManyRequestsAlsoAheadOfTheResponses() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      all.append("GET /").append(i).append(" HTTP/1.1\r\n\r\n");
    }
    client.send(all.toString());
    for (int i = 0; i < 500; i++) {
      assertThat(client.response()).contains("GET /" + i + "? ");
    }
  }

  @Test
  void requestsAheadWaitForAResponseThatTakesTime() throws Exception {
    List<CompletableFuture<HttpResponse>> asked = new CopyOnWriteArrayList<>();
    front.on(
        "/slow",
        request -> {
          CompletableFuture<HttpResponse> response = new CompletableFuture<>();
          asked.add(response);
          return response;
        });
    client.send("GET /slow HTTP/1.1\r\n\r\n".repeat(3));
    for (int i = 0; i < 3; i++) {
      int before = i;
      await().until(() -> asked.size() == before + 1);
      asked.get(i).complete(HttpResponse.text(200, "text/plain", "response " + i));
      assertThat(client.response()).endsWith("response " + i);
    }
  }

  @Test
  void aBodyInChunksHasALengthForTheHandler() throws Exception {
    assertThat(client.ask(CHUNKED_HEAD + "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n"))
        .contains(" 5 [abcde] ");
  }

  @Test
  void whoExpectsToBeToldGoesOnIsTold() throws Exception {
    client.send("POST /RPC2 HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assertThat(client.response()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    assertThat(client.ask("abc")).contains("200 OK").contains("[abc]");
  }

  @Test
  void headersOf60KilobytesInAnyCase() throws Exception {
    String response =
        client.ask(
            "POST /RPC2 HTTP/1.1\r\nX-Long: "
                + "x".repeat(60_000)
                + "\r\ncOnTeNt-LeNgTh:2\r\n\r\nab");
    assertThat(response).contains("200 OK").contains("[ab]");
  }

  @Test
  void anAbsoluteTarget() throws Exception {
    assertThat(client.ask("GET http://somewhere:9001/a%20b?c=%20 HTTP/1.1\r\nHost: x\r\n\r\n"))
        .contains("GET /a b?c=%20 ");
  }

  @Test
  void blankLinesBeforeARequest() throws Exception {
    assertThat(client.ask("\r\n\r\nGET /x HTTP/1.1\r\n\r\n")).contains("200 OK");
  }

  @Test
  void headHasNoBody() throws Exception {
    client.send("HEAD /x HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertThat(client.rest()).contains("Content-Length: ").endsWith("\r\n\r\n");
  }

  @Test
  void aBodyInManyPieces() throws Exception {
    client.send("POST /RPC2 HTTP/1.1\r\nContent-Length: 100000\r\n\r\n");
    for (int i = 0; i < 100; i++) {
      client.send("y".repeat(1000));
    }
    assertThat(client.response()).contains("[" + "y".repeat(100_000) + "]");
  }

  @Test
  void whoSendsNothingMoreIsStillAnswered() throws Exception {
    try (java.net.Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.listen())) {
      RawClient ending = RawClient.of(socket);
      ending.send("GET /x HTTP/1.1\r\n\r\n");
      socket.shutdownOutput();
      assertThat(ending.rest()).contains("200 OK");
    }
  }

  @Test
  void whoSendsManyAndThenNoMoreIsAnsweredAll() throws Exception {
    CompletableFuture<HttpResponse> first = new CompletableFuture<>();
    front.on("/first", request -> first);
    client.send("GET /first HTTP/1.1\r\n\r\n" + "GET /more HTTP/1.1\r\n\r\n".repeat(200));
    client.endOutput();
    await()
        .until(() -> front.front.connections().all().stream().allMatch(ClientConnection::hasEnded));
    first.complete(HttpResponse.text(200, "text/plain", "first"));
    assertThat(client.rest().split("HTTP/1.1 200 OK", -1)).hasSize(202);
  }

  @Test
  void whoSendsManyAtOnceHoldsUpNobody() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    CompletableFuture<HttpResponse> ofMany = new CompletableFuture<>();
    CompletableFuture<HttpResponse> ofOther = new CompletableFuture<>();
    front.on("/begin-many", request -> ofMany).on("/begin-other", request -> ofOther);
    front.on(
        "/of",
        request -> {
          order.add(request.path());
          return completedStage(HttpResponse.text(200, "text/plain", ""));
        });
    client.send("GET /begin-many HTTP/1.1\r\n\r\n");
    client.send("GET /of/many HTTP/1.1\r\n\r\n".repeat(100));
    try (RawClient other = RawClient.connect(front.listen())) {
      other.send("GET /begin-other HTTP/1.1\r\n\r\nGET /of/other HTTP/1.1\r\n\r\n");
      await()
          .until(() -> front.front.connections().all().stream().allMatch(c -> c.received() > 50));
      ofMany.complete(HttpResponse.text(200, "text/plain", ""));
      ofOther.complete(HttpResponse.text(200, "text/plain", ""));
      await().until(() -> order.size() == 101);
    }
    assertThat(order.indexOf("/of/other")).isLessThan(50);
  }
}
