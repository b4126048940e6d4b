package ee.supervisor.door.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.Role;
import ee.supervisor.config.SocketOwner;
import ee.supervisor.door.DoorServer;
import ee.supervisor.door.TestConfiguration;
import ee.supervisor.relay.Relay;
import ee.supervisor.relay.SocketFile;
import ee.supervisor.xmlrpc.RpcClient;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  private HttpServerConfig.Unix unix(Optional<String> user, Optional<String> password) {
    return new HttpServerConfig.Unix(
        "unix_http_server",
        directory.resolve("s.sock").toString(),
        0700,
        SocketOwner.UNCHANGED,
        user,
        password);
  }

  private static String exchange(Path socket, String request) throws Exception {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      client.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
      try (InputStream in = Channels.newInputStream(client)) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }
  }

  @Test
  void withoutATcpServerOnlyTheUnixSocketIsServed() throws Exception {
    HttpServerConfig.Unix unix = unix(Optional.empty(), Optional.empty());
    TestConfiguration configuration = new TestConfiguration(directory).server(unix);
    try (DoorServer server = DoorServer.start(configuration, directory);
        Relay relay = new Relay(SocketFile.bind(unix), server.port())) {
      relay.start();
      Path socket = directory.resolve("s.sock");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rwx------");
      assertThat(exchange(socket, "GET /ok.html HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
      assertThat(get(server, "/ok.html", "").statusCode()).isEqualTo(403);
      byte[] call = RpcClient.request("supervisor.getState");
      String post =
          "POST /RPC2 HTTP/1.0\r\nContent-Length: "
              + call.length
              + "\r\n\r\n"
              + new String(call, UTF_8);
      assertThat(exchange(socket, post)).contains("RUNNING");
    }
    await().until(() -> !Files.exists(directory.resolve("s.sock")));
  }

  @Test
  void eachServerHasItsOwnPassword() throws Exception {
    HttpServerConfig.Unix unix = unix(Optional.of("root"), Optional.of("secret"));
    TestConfiguration configuration =
        new TestConfiguration(directory).inet(USER, HASHED).server(unix);
    try (DoorServer server = DoorServer.start(configuration, directory);
        Relay relay = new Relay(SocketFile.bind(unix), server.port())) {
      relay.start();
      String request = "GET /ok.html HTTP/1.0\r\nAuthorization: %s\r\n\r\n";
      Path socket = directory.resolve("s.sock");
      assertThat(exchange(socket, request.formatted(basic("root:secret"))))
          .startsWith("HTTP/1.1 200");
      assertThat(exchange(socket, request.formatted(basic("user:thepassword"))))
          .startsWith("HTTP/1.1 401");
      assertThat(get(server, "/ok.html", basic("root:secret")).statusCode()).isEqualTo(401);
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
