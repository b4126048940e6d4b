package ee.supervisor.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.access.FrontSecret;
import ee.supervisor.access.StatedCaller;
import ee.supervisor.config.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is passed on, and what becomes of it when the server behind boots, hangs or breaks. */
class BackendTest {
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Mark: m\r\nServer: s\r\nKeep-Alive: k\r\n\r\nok";
  private static final String GET = "GET /page?x=1 HTTP/1.1\r\nHost: here:9001\r\n\r\n";

  private final TestFront front = new TestFront().on("/RPC2", LeniencyTest.ECHO);
  private int port;
  private RawClient client;

  @BeforeEach
  void serve() throws IOException {
    port = front.listen();
    client = RawClient.connect(port);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    front.close();
  }

  @Test
  void aRequestIsPassedOnWithWhoMakesIt() throws Exception {
    try (FakeBackend backend = FakeBackend.responding(OK)) {
      front.front.backend().ready(backend.port());
      String response =
          client.ask(
              "POST /api?y=%20 HTTP/1.1\r\nHost: here:9001\r\nX-Supervisor-Front: forged\r\n"
                  .concat("x-supervisor-caller: forged\r\nConnection: keep-alive, X-Private\r\n")
                  .concat("X-Private: p\r\nTE: trailers\r\nUpgrade: h2c\r\nHTTP2-Settings: s\r\n")
                  .concat("Authorization: Basic x\r\nX-Public: q\r\nExpect: 100-continue\r\n")
                  .concat("Content-Length: 4\r\n\r\nbody"));
      // told to go on first
      assertThat(response).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.response())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("\r\nX-Mark: m\r\n")
          .containsOnlyOnce("Date: ")
          .doesNotContain("Server:", "Keep-Alive")
          .endsWith("\r\n\r\nok");
      String request = backend.requests.get(0);
      assertThat(request)
          .startsWith("POST /api?y=%20 HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nhost: here:9001\r\n")
          .contains("\r\nX-Public: q\r\n")
          .endsWith("\r\n\r\nbody")
          .doesNotContainIgnoringCase("forged")
          .doesNotContainIgnoringCase("x-private")
          .doesNotContainIgnoringCase("upgrade")
          .doesNotContainIgnoringCase("http2")
          .doesNotContainIgnoringCase("authorization")
          .doesNotContainIgnoringCase("expect");
      assertThat(RawClient.header(request, FrontSecret.HEADER)).isEqualTo(front.secret.hex());
      StatedCaller stated =
          StatedCaller.parse(RawClient.header(request, StatedCaller.HEADER)).orElseThrow();
      assertThat(stated.listener()).isEqualTo("inet_http_server");
      assertThat(stated.caller().role()).isEqualTo(Role.ADMIN);
      assertThat(stated.caller().from()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void connectionsToItAreUsedAgain() throws Exception {
    try (FakeBackend backend = FakeBackend.responding(OK)) {
      front.front.backend().ready(backend.port());
      for (int i = 0; i < 20; i++) {
        assertThat(client.ask(GET)).endsWith("ok");
      }
      assertThat(backend.connections).hasValue(1);
    }
  }

  @Test
  void oneThatWasClosedMeanwhileIsNoticed() throws Exception {
    try (FakeBackend backend =
        new FakeBackend(
            (request, connection) -> {
              FakeBackend.write(connection, OK);
              connection.close();
            })) {
      front.front.backend().ready(backend.port());
      for (int i = 0; i < 20; i++) {
        assertThat(client.ask(GET)).endsWith("ok");
      }
    }
  }

  @Test
  void aResponseWithoutLengthComesInChunksAndForHttp10UntilTheEnd() throws Exception {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    try (FakeBackend backend = FakeBackend.responding(chunked)) {
      front.front.backend().ready(backend.port());
      assertThat(client.ask(GET)).contains("\r\nTransfer-Encoding: chunked\r\n");
      client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(client.rest())
          .contains("3\r\nabc\r\n")
          .contains("2\r\nde\r\n")
          .endsWith("0\r\n\r\n");
      try (RawClient old = RawClient.connect(port)) {
        old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(old.rest())
            .contains("\r\nConnection: close\r\n")
            .doesNotContain("chunked")
            .endsWith("\r\n\r\nabcde");
      }
    }
  }

  @Test
  void headAndNotModifiedHaveNoBody() throws Exception {
    try (FakeBackend backend =
        new FakeBackend(
            (request, connection) ->
                FakeBackend.write(
                    connection,
                    request.startsWith("HEAD")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"
                        : "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"))) {
      front.front.backend().ready(backend.port());
      client.send("HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(client.rest())
          .contains("\r\nContent-Length: 7\r\n")
          .contains("HTTP/1.1 304 Not Modified\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /page%zz HTTP/1.1\r\n\r\n",
        "GET /page?a=% HTTP/1.1\r\n\r\n",
        "GET /page HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /page HTTP/1.1\r\nHost: [::1\r\n\r\n",
        "GET http://a\"b/page HTTP/1.1\r\n\r\n",
      })
  void whatItWouldStumbleOverEndsAtTheFront(String request) throws Exception {
    try (FakeBackend backend = FakeBackend.responding(OK)) {
      front.front.backend().ready(backend.port());
      assertThat(client.send(request).rest()).startsWith("HTTP/1.1 400 ");
      assertThat(backend.requests).isEmpty();
      assertThat(front.front.counts().malformedRequests()).isEqualTo(1);
    }
  }

  @Test
  void requestsWaitWhileItBootsAndOthersAreAnswered() throws Exception {
    try (FakeBackend backend = FakeBackend.responding(OK);
        RawClient other = RawClient.connect(port)) {
      client.send(GET);
      assertThat(other.ask("GET /RPC2 HTTP/1.1\r\n\r\n")).contains("200 OK");
      assertThat(backend.requests).isEmpty();
      front.front.backend().ready(backend.port());
      assertThat(client.response()).endsWith("ok");
    }
  }

  @Test
  void aBrowserSeesThatItBootsAndLooksAgain() throws Exception {
    assertThat(client.ask("GET / HTTP/1.1\r\nAccept: text/html,*/*\r\n\r\n"))
        .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
        .contains("\r\nRetry-After: 2\r\n")
        .contains("http-equiv=\"refresh\"");
    assertThat(
            client.ask(
                "GET / HTTP/1.1\r\nAccept: text/html\r\nAccept-Language: nl, de-AT;q=0.5\r\n\r\n"))
        .contains("<html lang=\"de\">", "Supervisor startet");
    assertThat(
            client.ask(
                "GET / HTTP/1.1\r\nAccept: text/html\r\nCookie: supervisor-language=fr\r\n\r\n"))
        .contains("<html lang=\"fr\">");
  }

  @Test
  void whoHasWaitedLongIsToldToComeAgain() throws Exception {
    assertThat(client.ask(GET))
        .startsWith("HTTP/1.1 503 ")
        .contains("\r\nRetry-After: 2\r\n")
        .contains("\r\nContent-Length: ");
  }

  @Test
  void whenItFailsClientsAreToldWhyAndSupervisorsOwnInterfacesGoOn() throws Exception {
    client.send("GET /api/v1/x HTTP/1.1\r\n\r\n");
    await().until(() -> front.front.connections().size() == 1);
    front.front.backend().failed("Payara cannot start: no disk");
    assertThat(client.response())
        .startsWith("HTTP/1.1 503 ")
        .contains("application/problem+json")
        .contains("Payara cannot start: no disk");
    assertThat(client.ask("GET /RPC2 HTTP/1.1\r\n\r\n")).contains("200 OK");
  }

  @Test
  void whenItHangsClientsGet504AndSupervisorsOwnInterfacesGoOn() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (FakeBackend backend = new FakeBackend((request, connection) -> never.await())) {
      front.front.backend().ready(backend.port());
      assertThat(client.ask(GET)).startsWith("HTTP/1.1 504 ");
      assertThat(client.ask("GET /RPC2 HTTP/1.1\r\n\r\n")).contains("200 OK");
      assertThat(front.warnings).anyMatch(line -> line.contains("does not respond"));
    } finally {
      never.countDown();
    }
  }

  @Test
  void aResponseThatTakesLongIsWaitedForWhereItStillLives() throws Exception {
    CountDownLatch later = new CountDownLatch(1);
    try (FakeBackend backend =
        new FakeBackend(
            (request, connection) -> {
              if (request.startsWith("GET")) {
                later.await();
              }
              FakeBackend.write(connection, OK);
            })) {
      front.front.backend().ready(backend.port());
      client.send(GET);
      // it has been asked twice whether it lives
      await()
          .until(() -> backend.requests.stream().filter(one -> one.startsWith("HEAD")).count() > 1);
      later.countDown();
      assertThat(client.response()).endsWith("ok");
      assertThat(backend.requests)
          .filteredOn(one -> one.startsWith("HEAD"))
          .noneMatch(one -> one.contains(front.secret.hex()));
    }
  }

  @Test
  void whenItBreaksOffInAResponseTheClientsConnectionEnds() throws Exception {
    try (FakeBackend backend =
        new FakeBackend(
            (request, connection) -> {
              FakeBackend.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin");
              connection.close();
            })) {
      front.front.backend().ready(backend.port());
      client.send(GET);
      assertThat(client.rest()).endsWith("begin");
    }
  }

  @Test
  void whenItBreaksOffBeforeAResponseTheClientIsTold() throws Exception {
    try (FakeBackend backend = new FakeBackend((request, connection) -> connection.close())) {
      front.front.backend().ready(backend.port());
      assertThat(client.ask(GET)).startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void whenAClientLeavesItsConnectionBehindEnds() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (FakeBackend backend =
        new FakeBackend(
            (request, connection) -> {
              FakeBackend.write(
                  connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
              connection.getInputStream().read();
              never.countDown();
              throw new IOException("the front has left");
            })) {
      front.front.backend().ready(backend.port());
      client.send(GET);
      assertThat(client.response()).contains("chunked");
      client.close();
      await().until(() -> backend.ended.get() == 1);
      assertThat(never.getCount()).isZero();
      await().until(() -> front.front.streams().held() == 0);
    }
  }

  @Test
  void itIsReadNoFasterThanTheClientReads() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    byte[] piece = new byte[1 << 20];
    try (FakeBackend backend =
        new FakeBackend(
            (request, connection) -> {
              FakeBackend.write(
                  connection, "HTTP/1.1 200 OK\r\nContent-Length: " + (100 << 20) + "\r\n\r\n");
              for (int i = 0; i < 100; i++) {
                connection.getOutputStream().write(piece);
                if (i == 50) {
                  stuck.countDown();
                }
              }
            })) {
      front.front.backend().ready(backend.port());
      client.send(GET);
      await().until(() -> front.front.streams().held() > 0);
      assertThat(front.front.streams().held()).isLessThanOrEqualTo(64 << 10);
      assertThat(stuck.getCount()).isOne();
      int[] total = {0};
      while (total[0] < 100 << 20) {
        String some = client.some();
        assertThat(some).isNotEmpty();
        total[0] += some.length();
      }
    }
  }

  @Test
  void aPortOfAnotherProcessIsNoticed() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Listening.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int stolen = Integer.parseInt(other.inputReader().readLine());
      assertThatThrownBy(() -> front.front.backend().ready(stolen))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is not this process's own");
      client.send(GET);
      assertThat(client.response()).startsWith("HTTP/1.1 503 ");
      other.outputWriter().close();
      assertThat(other.inputReader().readLine()).isEqualTo("nobody came");
    } finally {
      other.destroyForcibly();
    }
  }

  /** Another process with a port; says whether anybody has connected. */
  static final class Listening {
    private Listening() {}

    public static void main(String[] arguments) throws IOException {
      try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        System.out.println(server.getLocalPort());
        while (System.in.read() >= 0) {
          // until the end
        }
        server.setSoTimeout(1);
        server.accept();
        System.out.println("somebody came");
      } catch (java.net.SocketTimeoutException e) {
        System.out.println("nobody came");
      }
    }
  }

  @Test
  void aPortThatIsLostIsNoticedBeforeAByteIsSent() throws Exception {
    ServerSocket former = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    front.front.backend().ready(former.getLocalPort());
    former.close();
    // in the same process, but another socket: the front cannot know whose it is
    try (ServerSocket thief =
        new ServerSocket(former.getLocalPort(), 5, InetAddress.getLoopbackAddress())) {
      assertThat(client.ask(GET)).startsWith("HTTP/1.1 503 ");
      assertThat(thief.accept().getInputStream().read()).isEqualTo(-1);
      assertThat(front.warnings).anyMatch(line -> line.contains("another process's"));
    }
  }
}
