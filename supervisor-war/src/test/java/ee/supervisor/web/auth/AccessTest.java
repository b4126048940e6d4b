package ee.supervisor.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.access.Caller;
import ee.supervisor.access.FrontSecret;
import ee.supervisor.access.StatedCaller;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.Role;
import ee.supervisor.config.SocketOwner;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import ee.supervisor.xmlrpc.RpcClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, by which server. */
class AccessTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Optional<String> USER = Optional.of("user");

  /** SHA-1 of "thepassword". */
  private static final Optional<String> HASHED =
      Optional.of("{SHA}82ab876d1387bfafe46cc1c8a2ef074eae50cb1d");

  @TempDir Path directory;

  private static HttpResponse<Void> get(DoorServer server, String path, String authorization)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding());
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  @Test
  void theHashedPasswordIsAskedForAtEveryDoor() throws Exception {
    TestConfiguration configuration = new TestConfiguration(directory).inet(USER, HASHED);
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      for (String path : new String[] {"/", "/RPC2", "/mainlogtail", "/logtail/x", "/tail.html"}) {
        HttpResponse<Void> refused = get(server, path, "");
        assertThat(refused.statusCode()).as(path).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
            .hasValue("Basic realm=\"default\"");
      }
      assertThat(get(server, "/", basic("user:thepassword")).statusCode()).isEqualTo(200);
      assertThat(get(server, "/", basic("user:wrong")).statusCode()).isEqualTo(401);
      assertThat(get(server, "/", basic("nobody:thepassword")).statusCode()).isEqualTo(401);
      assertThat(get(server, "/", "Digest x").statusCode()).isEqualTo(401);
      assertThat(get(server, "/", "Basic %%%").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aPlainPasswordMayHoldColons() throws Exception {
    TestConfiguration configuration =
        new TestConfiguration(directory).inet(USER, Optional.of("a:b:ü"));
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      assertThat(get(server, "/", basic("user:a:b:ü")).statusCode()).isEqualTo(200);
      assertThat(get(server, "/", basic("user:a")).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void guessingGetsSlowerAndTheRightPasswordStillGetsIn() throws Exception {
    TestConfiguration configuration = new TestConfiguration(directory).inet(USER, HASHED);
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      for (int i = 0; i < 4; i++) {
        assertThat(get(server, "/", basic("user:guess" + i)).statusCode()).isEqualTo(401);
      }
      long before = System.nanoTime();
      assertThat(get(server, "/", basic("user:guess")).statusCode()).isEqualTo(401);
      assertThat(System.nanoTime() - before).isGreaterThan(200_000_000L);
      assertThat(get(server, "/", basic("user:thepassword")).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> send(DoorServer server, String method, String... headers)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(server.uri("/api/v1/configuration/reread"))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .headers(headers)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String stated(String user, Role role) {
    Caller caller = new Caller(Optional.of(user), "unix:uid=4242", role);
    return new StatedCaller(caller, "unix_http_server:ops").format();
  }

  @Test
  void behindTheFrontWhoKnowsItsSecretIsBelievedAndNobodyElse() throws Exception {
    TestConfiguration configuration = new TestConfiguration(directory).inet().audit(true);
    FrontSecret secret = FrontSecret.generate();
    String anna = stated("anna", Role.ADMIN);
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      FrontSecret.offer(secret);
      for (String[] headers :
          new String[][] {
            {"X-Supervisor-Caller", anna},
            {"X-Supervisor-Caller", anna, "X-Supervisor-Front", secret.hex().substring(1)},
            {"X-Supervisor-Caller", anna, "X-Supervisor-Front", FrontSecret.generate().hex()},
            {"X-Supervisor-Caller", "anna", "X-Supervisor-Front", secret.hex()},
            {"X-Supervisor-Front", secret.hex()},
          }) {
        HttpResponse<String> refused = send(server, "POST", headers);
        assertThat(refused.statusCode()).as(String.join(" ", headers)).isEqualTo(403);
        assertThat(refused.headers().firstValue("Connection")).hasValue("close");
      }
      assertThat(
              send(
                      server,
                      "POST",
                      "x-supervisor-caller",
                      stated("vera", Role.VIEWER),
                      "x-supervisor-front",
                      secret.hex())
                  .body())
          .contains("vera is viewer");
      assertThat(
              send(server, "POST", "X-Supervisor-Caller", anna, "X-Supervisor-Front", secret.hex())
                  .statusCode())
          .isEqualTo(200);
    } finally {
      FrontSecret.withdraw(secret);
    }
    assertThat(Files.readString(directory.resolve("supervisord.log")))
        .contains("user=vera from=unix:uid=4242 what=POST /api/v1/configuration/reread")
        .contains("user=anna from=unix:uid=4242 what=POST /api/v1/configuration/reread result=OK");
  }

  @Test
  void withoutAFrontNobodyIsBelieved() throws Exception {
    TestConfiguration configuration = new TestConfiguration(directory).inet(USER, HASHED);
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      assertThat(
              send(server, "POST", "X-Supervisor-Caller", stated("anna", Role.ADMIN)).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void withoutATcpServerNobodyComesInByOne() throws Exception {
    TestConfiguration configuration =
        new TestConfiguration(directory)
            .server(
                new HttpServerConfig.Unix(
                    "unix_http_server",
                    directory.resolve("s.sock").toString(),
                    0700,
                    SocketOwner.UNCHANGED,
                    Optional.empty(),
                    Optional.empty()));
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      assertThat(get(server, "/ok.html", "").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void usersChangeWithARestartAndNotWithAReread() throws Exception {
    TestConfiguration configuration =
        new TestConfiguration(directory).inet().user("ann", "old", Role.ADMIN);
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      assertThat(get(server, "/ok.html", basic("ann:old")).statusCode()).isEqualTo(200);
      configuration.user("eve", "new", Role.VIEWER);

      server.supervisor().reloadConfig().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(get(server, "/ok.html", basic("eve:new")).statusCode()).isEqualTo(401);

      server.supervisor().restart().toCompletableFuture().get(20, TimeUnit.SECONDS);
      await()
          .until(() -> get(server, "/ok.html", basic("eve:new")).statusCode(), code -> code == 200);
    }
  }

  @Test
  void withoutUsersTheLogIsSupervisors() throws Exception {
    TestConfiguration configuration = new TestConfiguration(directory).inet(USER, HASHED);
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      HttpRequest reread =
          HttpRequest.newBuilder(server.uri("/api/v1/configuration/reread"))
              .header("Authorization", basic("user:thepassword"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(HTTP.send(reread, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
    assertThat(Files.readString(directory.resolve("supervisord.log"))).doesNotContain("audit:");
  }

  @Test
  void auditingCanBeAskedForWithoutUsers() throws Exception {
    TestConfiguration configuration = new TestConfiguration(directory).inet().audit(true);
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      new RpcClient(server.uri("/RPC2")).call("supervisor.reloadConfig");
    }
    assertThat(Files.readString(directory.resolve("supervisord.log")))
        .contains(
            "INFO audit: door=xmlrpc user=- from=127.0.0.1 what=supervisor.reloadConfig result=OK");
  }
}
