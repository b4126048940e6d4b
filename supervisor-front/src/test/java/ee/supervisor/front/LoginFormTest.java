package ee.supervisor.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.access.Admission;
import ee.supervisor.access.FailureDelay;
import ee.supervisor.access.Sessions;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.Password;
import ee.supervisor.config.Role;
import ee.supervisor.config.SocketOwner;
import ee.supervisor.config.User;
import ee.supervisor.config.Users;
import ee.supervisor.http.ByteSource;
import ee.supervisor.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Browsers that log in at the front, and what their cookie is good for; over TCP and a socket. */
class LoginFormTest {
  private static final String HTML = "Accept: text/html,*/*;q=0.8\r\n";

  @TempDir Path directory;

  private final AtomicLong clock = new AtomicLong();
  private final Sessions sessions = new Sessions(clock::get);
  private final TestFront front = new TestFront();
  private final List<BoundListener> sockets = new ArrayList<>();
  private final int port;

  LoginFormTest() throws IOException {
    port = TestFront.freePort();
  }

  @BeforeEach
  void start() throws IOException {
    front.on("/", LeniencyTest.ECHO);
    sockets.add(BoundListener.bind(TestFront.inet("127.0.0.1", port)));
    sockets.add(
        BoundListener.bind(
            new HttpServerConfig.Unix(
                "unix_http_server",
                directory.resolve("s.sock").toString(),
                0700,
                SocketOwner.UNCHANGED,
                Optional.of("ann"),
                Optional.of("secret"))));
    serve("secret");
  }

  @AfterEach
  void close() throws IOException {
    front.close();
    for (BoundListener socket : sockets) {
      socket.close();
    }
  }

  /** Reads the configuration again, in which ann has that password. */
  private void serve(String password) throws IOException {
    User ann = new User("ann", new Password(password), Role.OPERATOR);
    AccessConfig access = new AccessConfig(new Users(List.of(ann)), Optional.empty());
    List<ServedListener> served = new ArrayList<>();
    for (BoundListener socket : sockets) {
      served.add(
          new ServedListener(
              socket,
              new Admission(socket.server(), access, new FailureDelay(System::nanoTime), sessions),
              Optional.empty()));
    }
    front.front.serve(served);
  }

  /** A log in which nothing is written. */
  private static final class Silence implements ByteSource {
    @Override
    public int read(ByteBuffer target) {
      return 0;
    }

    @Override
    public void onReadable(Executor executor, Runnable callback) {}

    @Override
    public void close() {}
  }

  private static String post(String path, String form, String headers) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(path, form.length(), headers, form);
  }

  private static String get(String path, String headers) {
    return "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n".formatted(path, headers);
  }

  private String ask(String request) throws IOException {
    try (RawClient client = RawClient.connect(port)) {
      return client.ask(request);
    }
  }

  private static String cookie(String response) {
    assertThat(response).startsWith("HTTP/1.1 303 ");
    String set = RawClient.header(response, "Set-Cookie");
    assertThat(set).contains("; HttpOnly; SameSite=Strict");
    return "Cookie: " + set.substring(0, set.indexOf(';')) + "\r\n";
  }

  private String logIn() throws IOException {
    return cookie(ask(post("/login.html", "user=ann&password=secret", "")));
  }

  @Test
  void whoLogsInIsLetInByACookieAndComesBackToWhereHeWas() throws Exception {
    String due = ask(get("/program.html?processname=web%3Ax", HTML));
    assertThat(due).startsWith("HTTP/1.1 303 ");
    assertThat(RawClient.header(due, "Location"))
        .isEqualTo("login.html?next=program.html%3Fprocessname%3Dweb%253Ax");
    String in =
        ask(
            post(
                "/login.html",
                "user=ann&password=secret&next=program.html%3Fprocessname%3Dweb%253Ax",
                ""));
    assertThat(RawClient.header(in, "Location")).isEqualTo("./program.html?processname=web%3Ax");
    assertThat(ask(get("/logtail/x", cookie(in)))).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theCookieIsSentBackOverEncryptedConnectionsAloneWhereItCameByOne() throws Exception {
    String proxied =
        ask(post("/login.html", "user=ann&password=secret", "X-Forwarded-Proto: https\r\n"));
    assertThat(RawClient.header(proxied, "Set-Cookie")).endsWith("; Secure");
  }

  @Test
  void aSocketWithAPasswordIsLoggedInToTheSameWay() throws Exception {
    try (RawClient client = RawClient.connect(directory.resolve("s.sock"))) {
      assertThat(client.ask(get("/", HTML))).startsWith("HTTP/1.1 303 ");
      String cookie = cookie(client.ask(post("/login.html", "user=ann&password=secret", "")));
      assertThat(client.ask(get("/logtail/x", cookie))).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aWrongPasswordLeadsBackToThePageWithoutACookie() throws Exception {
    String refused = ask(post("/login.html", "user=ann&password=x&next=plan.html", ""));
    assertThat(refused).startsWith("HTTP/1.1 303 ").doesNotContainIgnoringCase("set-cookie");
    assertThat(RawClient.header(refused, "Location"))
        .isEqualTo("login.html?failed=1&next=plan.html");
  }

  @Test
  void anotherSitesFormLogsNobodyIn() throws Exception {
    assertThat(
            ask(post("/login.html", "user=ann&password=secret", "Origin: http://evil.example\r\n")))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void onlyAShortFormIsReadOfWhoIsNotLoggedIn() throws Exception {
    assertThat(ask("POST /login.html HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(ask("POST /login.html HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(ask("GET /login.html HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void whoIsNotLoggedInReachesNoHandler() throws Exception {
    // the handlers of this test would respond to it: it goes to the server behind, which is not up
    front.front.backend().failed("no server behind");
    await()
        .untilAsserted(() -> assertThat(ask(get("/login.html", HTML))).startsWith("HTTP/1.1 503 "));
  }

  @Test
  void whatChangesSomethingTakesTheTokenAsWell() throws Exception {
    String cookie = logIn();
    String refused = ask(post("/RPC2", "x", cookie));
    assertThat(refused).startsWith("HTTP/1.1 403 ");
    assertThat(ask(post("/RPC2", "x", cookie + "X-Supervisor-Token: guess\r\n")))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void aSessionIsOverAfterAnHourWithoutUse() throws Exception {
    String cookie = logIn();
    clock.addAndGet(Duration.ofMinutes(61).toNanos());
    assertThat(ask(get("/", cookie + HTML))).startsWith("HTTP/1.1 303 ");
    String script = ask(get("/api/v1/processes", cookie));
    assertThat(script).startsWith("HTTP/1.1 401 ");
    // by which no browser asks for a password
    assertThat(RawClient.header(script, "WWW-Authenticate")).isEqualTo("Session realm=\"default\"");
  }

  @Test
  void aSessionIsOverWhenItsUsersPasswordIsAnother() throws Exception {
    String cookie = logIn();
    serve("other");
    assertThat(ask(get("/logtail/x", cookie))).startsWith("HTTP/1.1 401 ");
    serve("secret");
    assertThat(ask(get("/logtail/x", cookie))).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void whatIsFollowedEndsWithTheSession() throws Exception {
    front.on(
        "/logtail/endless",
        request ->
            CompletableFuture.completedFuture(
                new HttpResponse(
                    200,
                    Map.of("Content-Type", "text/plain"),
                    new HttpResponse.Body.Endless(Silence::new))));
    String cookie = logIn();
    try (RawClient client = RawClient.connect(port)) {
      client.send(get("/logtail/endless", cookie));
      assertThat(client.some()).startsWith("HTTP/1.1 200 ");
      clock.addAndGet(Duration.ofHours(13).toNanos());
      // comes to its end, which nothing else brings about
      client.rest();
    }
  }

  @Test
  void noLinkLogsOutAndNoFormWithoutTheToken() throws Exception {
    String cookie = logIn();
    assertThat(ask(post("/logout.html", "token=guess", cookie))).startsWith("HTTP/1.1 403 ");
    assertThat(ask(post("/logout.html", "", cookie))).startsWith("HTTP/1.1 403 ");
    assertThat(ask(get("/logtail/x", cookie))).startsWith("HTTP/1.1 200 ");
  }
}
