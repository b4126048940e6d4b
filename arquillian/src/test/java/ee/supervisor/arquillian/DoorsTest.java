package ee.supervisor.arquillian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every door of the WAR, on a Payara Micro that knows nothing of a launcher. */
@ExtendWith(ArquillianExtension.class)
class DoorsTest {
  /**
   * Not HTTP/2: what asks for the upgrade with a body to it, Payara leaves without an answer now
   * and then.
   */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String HOST = "http://127.0.0.1:18735";
  private static final String JMX = "service:jmx:rmi:///jndi/rmi://127.0.0.1:18736/jmxrmi";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("ops:secret".getBytes(UTF_8));

  @Deployment(testable = false)
  @TargetsContainer("property")
  static WebArchive war() {
    return ShrinkWrap.createFromZipFile(
        WebArchive.class, new File("../supervisor-war/target/supervisor.war"));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(HOST + path)).header("Authorization", BASIC);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  private static HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private static void talkerRuns() {
    await()
        .atMost(PATIENCE)
        .until(() -> send(request("/api/v1/processes/talker")).body().contains("\"RUNNING\""));
  }

  @Test
  void nobodyComesInWithoutThePassword() throws Exception {
    for (String path : new String[] {"/", "/RPC2", "/api/v1/processes", "/metrics", "/health"}) {
      HttpRequest.Builder stranger = HttpRequest.newBuilder(URI.create(HOST + path));

      assertThat(send(stranger).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void xmlRpcAnswers() throws Exception {
    talkerRuns();
    String call =
        "<methodCall><methodName>supervisor.getProcessInfo</methodName><params><param>"
            + "<value><string>talker</string></value></param></params></methodCall>";

    assertThat(post("/RPC2", "text/xml", call).body()).contains("RUNNING", "talker");
  }

  /** As Python's client sends it; by a listener, Payara leaves one in some hundred unanswered. */
  @Test
  void aBodyThatComesInAPacketOfItsOwnIsAnsweredEachTime() throws Exception {
    String call = "<methodCall><methodName>supervisor.getState</methodName></methodCall>";
    String head =
        "POST /RPC2 HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(BASIC, call.length());
    for (int connection = 0; connection < 15; connection++) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), 18735)) {
        client.setTcpNoDelay(true);
        client.setSoTimeout((int) PATIENCE.toMillis());
        // Payara ends a connection after 250
        for (int i = 0; i < 200; i++) {
          client.getOutputStream().write(head.getBytes(UTF_8));
          client.getOutputStream().write(call.getBytes(UTF_8));
          readResponse(client);
        }
      }
    }
  }

  private static void readResponse(Socket client) throws IOException {
    StringBuilder response = new StringBuilder();
    while (response.indexOf("</methodResponse>") < 0) {
      byte[] piece = new byte[8192];
      int count = client.getInputStream().read(piece);
      assertThat(count).as("after: %s", response).isPositive();
      response.append(new String(piece, 0, count, UTF_8));
    }
  }

  @Test
  void restStartsAndStopsAndTellsItsEvents() throws Exception {
    talkerRuns();
    try (Stream<String> events =
        HTTP.send(request("/api/v1/events?type=PROCESS_STATE").build(), BodyHandlers.ofLines())
            .body()) {

      HttpResponse<String> restarted =
          post("/api/v1/processes/talker/restart?wait=true", "application/json", "");

      assertThat(restarted.statusCode()).isEqualTo(200);
      assertThat(restarted.body()).contains("\"RUNNING\"");
      assertThat(events.anyMatch(line -> line.matches("event: ?PROCESS_STATE_STOPPED"))).isTrue();
    }
    assertThat(send(request("/api/v1/processes/nobody")).statusCode()).isEqualTo(404);
    assertThat(send(request("/openapi")).body()).startsWith("openapi:");
  }

  @Test
  void aLogIsReadAndFollowed() throws Exception {
    talkerRuns();
    await()
        .atMost(PATIENCE)
        .until(() -> send(request("/api/v1/logs/talker/stdout")).body().contains("hello"));
    try (Stream<String> tail =
        HTTP.send(request("/logtail/talker").build(), BodyHandlers.ofLines()).body()) {
      assertThat(tail.findFirst()).contains("hello from the talker");
    }
  }

  @Test
  void thePageShowsThePrograms() throws Exception {
    assertThat(send(request("/")).body()).contains("talker", "missing", "<html");
  }

  @Test
  void metricsAreThere() throws Exception {
    talkerRuns();
    assertThat(send(request("/metrics")).body())
        .contains(
            "supervisor_process_state{group=\"talker\",name=\"talker\",state=\"running\"} 1",
            "process_open_fds ");
  }

  @Test
  void ourHealthAndThatOfTheServerNameTheFatalProgram() throws Exception {
    for (String root : new String[] {"/health", "/mp-health"}) {
      assertThat(send(request(root + "/live")).statusCode()).as(root).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> send(request(root + "/ready")).body().contains("fatal"));
      HttpResponse<String> ready = send(request(root + "/ready"));
      assertThat(ready.statusCode()).as(root).isEqualTo(503);
      assertThat(ready.body()).as(root).contains("\"fatal\":\"missing\"");
    }
  }

  @Test
  @SuppressWarnings("BanJNDI") // how JMX names a server; it is this test's own
  void theBeanOfAProgramIsReachedByJmx() throws Exception {
    talkerRuns();
    JMXServiceURL url = new JMXServiceURL(JMX);
    Map<String, Object> credentials =
        Map.of(JMXConnector.CREDENTIALS, new String[] {"ops", "secret"});
    try (JMXConnector connector = JMXConnectorFactory.connect(url, credentials)) {
      ObjectName talker =
          new ObjectName("ee.supervisor:type=Program,group=\"talker\",name=\"talker\"");
      assertThat(connector.getMBeanServerConnection().getAttribute(talker, "StateName"))
          .isEqualTo("RUNNING");
    }
    assertThatThrownBy(() -> JMXConnectorFactory.connect(url))
        .isInstanceOf(SecurityException.class);
  }
}
