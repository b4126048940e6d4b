package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ee.supervisor.access.Admission;
import ee.supervisor.access.FailureDelay;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.Password;
import ee.supervisor.config.Role;
import ee.supervisor.config.User;
import ee.supervisor.config.Users;
import ee.supervisor.posix.CurrentProcess;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several listeners, each with its own policy, and what becomes of them at a restart. */
class ListenersTest {
  private static final String GET = "GET /x HTTP/1.1\r\n\r\n";

  @TempDir Path directory;

  private final TestFront front = new TestFront().on("/", LeniencyTest.ECHO);

  @AfterEach
  void close() throws IOException {
    front.close();
  }

  private static String with(String credentials) {
    return "GET /x HTTP/1.1\r\nAuthorization: Basic %s\r\n\r\n"
        .formatted(Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
  }

  @Test
  void clientsWaitFromTheMomentItIsBound() throws Exception {
    int port = TestFront.freePort();
    HttpServerConfig.Inet server = TestFront.inet("127.0.0.1", port);
    try (BoundListener bound = BoundListener.bind(server);
        RawClient early = RawClient.connect(port)) {
      early.send(GET);
      front.front.serve(List.of(front.listener(bound, Optional.empty())));
      assertThat(early.response()).contains("200 OK");
    }
  }

  @Test
  void aPortThatIsTakenIsAnError() throws Exception {
    int port = front.listen();
    assertThatThrownBy(() -> BoundListener.bind(TestFront.inet("127.0.0.1", port)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void aClientOfTheSocketIsKnownByItsAccount() throws Exception {
    Path file = directory.resolve("s.sock");
    front.listen(TestFront.unix(file), Optional.empty());
    try (RawClient client = RawClient.connect(file)) {
      client.ask(GET);
      assertThat(front.front.connections().all())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.client().listener()).isEqualTo("unix_http_server");
                assertThat(one.client().uid()).hasValue(CurrentProcess.uid());
              });
    }
  }

  @Test
  void eachListenerAsksForWhatIsConfiguredForIt() throws Exception {
    int open = front.listen();
    int guarded = TestFront.freePort();
    front.listen(TestFront.withPassword("inet_http_server:guarded", guarded), Optional.empty());
    Path file = directory.resolve("s.sock");
    front.listen(TestFront.unix(file), Optional.empty());
    try (RawClient one = RawClient.connect(open);
        RawClient other = RawClient.connect(guarded);
        RawClient again = RawClient.connect(guarded);
        RawClient local = RawClient.connect(file)) {
      assertThat(one.ask(GET)).contains("200 OK");
      assertThat(local.ask(GET)).contains("200 OK");
      assertThat(other.send(GET).rest())
          .startsWith("HTTP/1.1 401 ")
          .contains("\r\nWWW-Authenticate: Basic realm=\"default\"\r\n")
          .contains("\r\nConnection: close\r\n");
      assertThat(again.ask(with("ann:secret"))).contains("200 OK");
    }
  }

  @Test
  void wrongPasswordsHoldBackWhoSendsThemAndNobodyOnTheSocket() throws Exception {
    int guarded = TestFront.freePort();
    front.listen(TestFront.withPassword("inet_http_server", guarded), Optional.empty());
    Path file = directory.resolve("s.sock");
    front.listen(TestFront.unix(file), Optional.empty());
    for (int i = 0; i < 6; i++) {
      try (RawClient guesser = RawClient.connect(guarded)) {
        assertThat(guesser.ask(with("ann:wrong"))).startsWith("HTTP/1.1 401 ");
      }
    }
    try (RawClient held = RawClient.connect(guarded);
        RawClient local = RawClient.connect(file)) {
      held.send(with("ann:secret"));
      assertThat(local.ask(GET)).contains("200 OK");
      assertThat(held.response()).contains("200 OK");
    }
  }

  @Test
  void aBodyThatIsRefusedUnreadDoesNotTakeTheResponseWithIt() throws Exception {
    int guarded = TestFront.freePort();
    front.listen(TestFront.withPassword("inet_http_server", guarded), Optional.empty());
    for (int i = 0; i < 3; i++) {
      try (RawClient client = RawClient.connect(guarded)) {
        String body = "y".repeat(300_000);
        client.send("POST /RPC2 HTTP/1.1\r\nContent-Length: 300000\r\n\r\n" + body);
        assertThat(client.rest()).startsWith("HTTP/1.1 401 ");
      }
    }
  }

  @Test
  void ipv6() throws Exception {
    byte[] one = new byte[16];
    one[15] = 1;
    InetAddress loopback = InetAddress.getByAddress(one);
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 on this machine");
    int port = TestFront.freePort();
    front.listen(TestFront.inet("::1", port), Optional.empty());
    try (RawClient client = RawClient.connect(loopback, port)) {
      assertThat(client.ask(GET)).contains("200 OK");
    }
  }

  @Test
  void atARestartASocketThatStaysKeepsItsConnections() throws Exception {
    int stays = TestFront.freePort();
    int goes = TestFront.freePort();
    BoundListener kept = front.listen(TestFront.inet("127.0.0.1", stays), Optional.empty());
    BoundListener left =
        front.listen(TestFront.withPassword("inet_http_server:b", goes), Optional.empty());
    try (RawClient client = RawClient.connect(stays);
        RawClient gone = RawClient.connect(goes)) {
      client.ask(GET);
      gone.ask(with("ann:secret"));
      front.front.serve(List.of(front.listener(kept.servingAs(kept.server()), Optional.empty())));
      left.close();
      assertThat(client.ask(GET)).contains("200 OK");
      assertThat(gone.rest()).isEmpty();
      assertThatThrownBy(() -> RawClient.connect(goes)).isInstanceOf(ConnectException.class);
      // and the port is free at once
      BoundListener.bind(left.server()).close();
    }
  }

  @Test
  void atARestartAnotherPolicyIsForConnectionsAnew() throws Exception {
    int port = TestFront.freePort();
    BoundListener socket = front.listen(TestFront.inet("127.0.0.1", port), Optional.empty());
    try (RawClient before = RawClient.connect(port)) {
      before.ask(GET);
      front.front.serve(
          List.of(
              front.listener(
                  socket.servingAs(TestFront.withPassword("inet_http_server", port)),
                  Optional.empty())));
      assertThat(before.rest()).isEmpty();
    }
    try (RawClient after = RawClient.connect(port)) {
      assertThat(after.ask(GET)).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void atARestartUsersThatWereRemovedAreRemovedForConnectionsThatStay() throws Exception {
    int port = TestFront.freePort();
    BoundListener socket = front.listen(TestFront.inet("127.0.0.1", port), Optional.empty());
    try (RawClient before = RawClient.connect(port)) {
      assertThat(before.ask(GET)).contains("200 OK");
      User bob = new User("bob", new Password("b"), Role.VIEWER);
      AccessConfig access = new AccessConfig(new Users(List.of(bob)), Optional.empty());
      front.front.serve(
          List.of(
              new ServedListener(
                  socket,
                  new Admission(socket.server(), access, new FailureDelay(System::nanoTime)),
                  Optional.empty())));
      assertThat(before.ask(GET)).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void theSocketFileGoesWithItsListener() throws Exception {
    Path file = directory.resolve("s.sock");
    BoundListener socket = front.listen(TestFront.unix(file), Optional.empty());
    front.front.serve(List.of());
    socket.close();
    await().until(() -> !Files.exists(file));
    socket.close();
  }
}
