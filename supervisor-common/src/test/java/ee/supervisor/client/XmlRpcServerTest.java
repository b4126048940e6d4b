package ee.supervisor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlRpcServerTest {
  private static final String RESPONSE =
      "<methodResponse><params><param><value><int>7</int></value></param></params></methodResponse>";
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final List<String> seen = new CopyOnWriteArrayList<>();

  private void response(HttpServer server, long announcedBytes) {
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRemoteAddress().getPort()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, announcedBytes);
          exchange.getResponseBody().write(RESPONSE.getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
  }

  private static XmlRpcServer client(String url) {
    return new XmlRpcServer(ServerUrl.parse(url), Credentials.NONE);
  }

  private static String url(String scheme, int port) {
    return scheme + "://127.0.0.1:" + port;
  }

  @Test
  void oneConnectionServesSeveralCalls() throws Exception {
    HttpServer server = HttpServer.create(ANY_PORT, 0);
    response(server, RESPONSE.length());
    XmlRpcServer client = client(url("http", server.getAddress().getPort()));
    assertThat(client.call("a.b")).isEqualTo(7);
    assertThat(client.call("a.b", "x", 1, true, List.of("y"))).isEqualTo(7);
    client.disconnect();
    server.stop(0);
    assertThat(seen).hasSize(2).allMatch(line -> line.equals(seen.get(0)));
  }

  @Test
  void chunkedResponsesAreRead() throws Exception {
    HttpServer server = HttpServer.create(ANY_PORT, 0);
    response(server, 0);
    assertThat(client(url("http", server.getAddress().getPort())).call("a.b")).isEqualTo(7);
    server.stop(0);
  }

  @Test
  void nameAndPasswordGoAlong() throws Exception {
    HttpServer server = HttpServer.create(ANY_PORT, 0);
    response(server, RESPONSE.length());
    new XmlRpcServer(
            ServerUrl.parse(url("http", server.getAddress().getPort())),
            new Credentials(Optional.of("user"), Optional.of("pässword")))
        .call("a.b");
    server.stop(0);
    assertThat(seen).singleElement().asString().endsWith("Basic dXNlcjpww6Rzc3dvcmQ=");
  }

  @Test
  void httpsIsSpokenWithAServerWhoseCertificateIsTrustedAndNoOther(@TempDir Path directory)
      throws Exception {
    SSLContext trusted = certificate(directory.resolve("a.p12"));
    SSLContext before = SSLContext.getDefault();
    HttpsServer server = HttpsServer.create(ANY_PORT, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(trusted));
    response(server, RESPONSE.length());
    String url = url("https", server.getAddress().getPort());
    try {
      SSLContext.setDefault(certificate(directory.resolve("b.p12")));
      assertThatThrownBy(() -> client(url).call("a.b"))
          .isInstanceOf(ServerUnreachableException.class)
          .hasMessageContaining("PKIX path");
      SSLContext.setDefault(trusted);
      assertThat(client(url).call("a.b")).isEqualTo(7);
    } finally {
      SSLContext.setDefault(before);
      server.stop(0);
    }
  }

  @Test
  void aServerThatAnswersTheHandshakeByNothingIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketChannel channel = SocketChannel.open(silent.getLocalSocketAddress())) {
      ServerUrl.Tcp url = (ServerUrl.Tcp) ServerUrl.parse(url("https", channel.socket().getPort()));
      assertThatThrownBy(() -> TlsConnection.over(channel, url, Duration.ofSeconds(1)))
          .hasMessage(
              "https://%s: no response to the TLS handshake after 1 s; does the server speak http:// there?",
              url.hostHeader());
      assertThat(channel.isOpen()).isFalse();
    }
  }

  @Test
  void anEmptyFileTrustsNobodyAndIsTold(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("empty.pem"));

    assertThatThrownBy(() -> TlsConnection.trusting(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "SUPERVISORCTL_CA_FILE=%s: it holds no certificate: it has to be PEM, with BEGIN"
                + " CERTIFICATE",
            file);
  }

  @Test
  void aServerThatAnswersTheHandshakeByHttpIsTold() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (Socket client = socket.accept()) {
                  client
                      .getOutputStream()
                      .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      server.start();
      String url = url("https", socket.getLocalPort());
      assertThatThrownBy(() -> client(url).call("a.b"))
          .isInstanceOf(ServerUnreachableException.class)
          .hasMessage(url + ": the server's response is not TLS; does it speak http:// there?");
      server.join();
    }
  }

  private static SSLContext certificate(Path file) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options =
        " -genkeypair -keyalg EC -alias a -dname CN=localhost -ext san=ip:127.0.0.1"
            + " -storetype PKCS12 -storepass changeit -keystore ";
    assertThat(new ProcessBuilder((keytool + options + file).split(" ", -1)).start().waitFor())
        .isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, "changeit".toCharArray());
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("a", store.getCertificate("a"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void aServerThatHangsUpIsTold() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (Socket client = socket.accept()) {
                  client.getInputStream().read(new byte[10_000]);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      server.start();
      assertThatThrownBy(() -> client(url("http", socket.getLocalPort())).call("a.b"))
          .isInstanceOf(ConnectionLostException.class);
      server.join();
    }
  }

  @Test
  void urlsOfEveryKindAreRead() {
    assertThat(ServerUrl.parse("unix:///a/b")).isEqualTo(new ServerUrl.Unix("unix:///a/b", "/a/b"));
    assertThat(ServerUrl.parse("http://Host"))
        .isEqualTo(new ServerUrl.Tcp("http://Host", "host", 80, false));
    assertThat(ServerUrl.parse("https://[::1]:9/RPC2?x"))
        .isEqualTo(new ServerUrl.Tcp("https://[::1]:9/RPC2?x", "::1", 9, true));
    assertThat(ServerUrl.parse("http://u:p@h:8"))
        .isEqualTo(new ServerUrl.Tcp("http://u:p@h:8", "h", 8, false));
    assertThatThrownBy(() -> ServerUrl.parse("http://h:x"))
        .isInstanceOf(UnknownProtocolException.class);
    assertThatThrownBy(() -> ServerUrl.parse("ftp://h"))
        .hasMessage("Unknown protocol for serverurl ftp://h");
  }
}
