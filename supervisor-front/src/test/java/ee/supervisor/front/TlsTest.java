package ee.supervisor.front;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.http.HttpResponse;
import ee.supervisor.tls.ServerKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener that speaks TLS, and nothing else. */
class TlsTest {
  private static final String GET = "GET /x HTTP/1.1\r\n\r\n";
  private static final Path MADE =
      Path.of("../supervisor-common/src/test/resources/ee/supervisor/tls");

  private final TestFront front = new TestFront().on("/", LeniencyTest.ECHO);
  private BoundListener listener;
  private ServerKey key;
  private int port;

  private static ServerKey key(String name, String form) throws Exception {
    return ServerKey.read(
        MADE.resolve(name + ".crt").toString(), MADE.resolve(name + form).toString());
  }

  @BeforeEach
  void serve() throws Exception {
    port = TestFront.freePort();
    key = key("rsa", "-pkcs8.pem");
    listener = front.listen(TestFront.inet("127.0.0.1", port), Optional.of(key));
  }

  @AfterEach
  void close() throws IOException {
    front.close();
  }

  private SSLSocket connect(ServerKey trusted, String... versions) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("a", trusted.chain().get(0));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    if (versions.length > 0) {
      socket.setEnabledProtocols(versions);
    }
    return socket;
  }

  @Test
  void bothVersionsAreSpokenAndTheConnectionGoesOn() throws Exception {
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      try (RawClient client = RawClient.of(connect(key, version))) {
        assertThat(client.ask(GET)).contains("200 OK");
        assertThat(client.ask(GET)).contains("200 OK");
        assertThat(client.send("GET /x HTTP/1.1\r\nConnection: close\r\n\r\n").rest())
            .contains("200 OK");
      }
    }
  }

  @Test
  void whoSpeaksPlainHttpGetsNothing() throws Exception {
    try (RawClient client = RawClient.connect(port)) {
      assertThat(client.send(GET).rest()).doesNotContain("HTTP");
    }
  }

  @Test
  void aHandshakeInPiecesHoldsUpNobody() throws Exception {
    RawClient[] slow = new RawClient[50];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = RawClient.connect(port).send("\u0016\u0003\u0001");
    }
    try (RawClient client = RawClient.of(connect(key))) {
      assertThat(client.ask(GET)).contains("200 OK");
    }
    for (RawClient one : slow) {
      one.close();
    }
    await().until(() -> front.front.connections().size() == 0);
  }

  @Test
  void aLargeResponseArrivesWhole() throws Exception {
    front.on(
        "/large",
        request ->
            completedStage(
                new HttpResponse(
                    200,
                    Map.of(),
                    new HttpResponse.Body.Streamed(
                        5_000_000, () -> new ByteArrayInputStream(new byte[5_000_000])))));
    try (RawClient client = RawClient.of(connect(key))) {
      String head = "GET /large HTTP/1.1\r\nConnection: close\r\n\r\n";
      assertThat(client.ask(head)).hasSizeGreaterThan(5_000_000);
    }
  }

  @Test
  void aRestartBringsTheNewCertificateOnTheSameSocket() throws Exception {
    ServerKey next = key("ec", "-sec1.pem");
    front.front.serve(List.of(front.listener(listener, Optional.of(next))));
    try (SSLSocket socket = connect(next)) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      assertThat(shown).isEqualTo(next.chain().get(0));
    }
    try (SSLSocket socket = connect(key)) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }
}
