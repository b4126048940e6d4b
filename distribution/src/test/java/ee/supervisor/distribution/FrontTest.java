package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requirement;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sockets of the whole: early, each with its own policy, and no matter what Payara does. */
class FrontTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path directory;
  private Tree tree;

  @BeforeEach
  void make() throws IOException {
    tree = new Tree(directory);
  }

  @AfterEach
  void endWhatStillRuns() throws IOException {
    tree.close();
  }

  private static HttpResponse<String> get(int port, String path, Optional<String> credentials)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    credentials.ifPresent(
        given ->
            request.header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(given.getBytes(UTF_8))));
    return CLIENT.send(request.timeout(Tree.PATIENCE).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return get(port, path, Optional.empty());
  }

  @Test
  void aProgramThatCallsAsItsFirstActIsAnswered() throws Exception {
    tree.configure(
        """
        [supervisorctl]
        [program:first]
        command = /bin/sh -c '%s/bin/supervisorctl -s $SUPERVISOR_SERVER_URL pid >pid 2>&1; sleep 600'
        directory = %%(here)s
        """
            .formatted(Path.of("target/supervisor").toAbsolutePath()));
    Process supervisord = tree.start("-n", "-c", "supervisord.conf");
    await().atMost(Tree.PATIENCE).until(() -> tree.text("pid").endsWith("\n"));
    assertThat(tree.text("pid").strip()).isEqualTo(Long.toString(supervisord.pid()));
  }

  @Test
  @Requires(Requirement.MOUNT)
  void whereTheMachinesNameDoesNotResolveThePageWaitsUntilItDoes() throws Exception {
    Files.writeString(tree.file("hosts"), "127.0.0.1 localhost\n");
    tree.configure("[program:sleeper]\ncommand = /bin/sleep 600\nstartsecs = 0\n");
    tree.startByAndAwait(
        List.of(
            "unshare",
            "--uts",
            "--mount",
            "/bin/sh",
            "-c",
            "hostname nowhere.invalid && mount --bind hosts /etc/hosts && exec \"$@\"",
            "sh"));
    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("supervisord.log").contains("'nowhere.invalid' does not resolve"));
    assertThat(tree.call("supervisor.getProcessInfo", "sleeper")).contains("RUNNING");
    assertThat(get(tree.port(), "/").statusCode()).isEqualTo(503);

    Files.writeString(tree.file("hosts"), "127.0.1.1 nowhere.invalid\n", StandardOpenOption.APPEND);

    await().atMost(Tree.PATIENCE).until(() -> get(tree.port(), "/").statusCode() == 200);
  }

  @Test
  void whereThePageCannotComeUpSupervisorsOwnInterfacesDo() throws Exception {
    tree.configure("[program:sleeper]\ncommand = /bin/sleep 600\nstartsecs = 0\n");
    Process supervisord = tree.startBroken("doors");
    await()
        .atMost(Tree.PATIENCE)
        .ignoreExceptions()
        .until(() -> tree.call("supervisor.getPID").contains("<int>"));
    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("supervisord.log").contains("the page and REST are tried again"));

    HttpResponse<String> page = get(tree.port(), "/");
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(get(tree.port(), "/api/v1/processes").body()).contains("\"detail\":\"");
    assertThat(get(tree.port(), "/health/live").statusCode()).isEqualTo(200);
    assertThat(tree.call("supervisor.getProcessInfo", "sleeper")).contains("RUNNING");
    assertThat(tree.call("supervisor.stopProcess", "sleeper")).contains("<boolean>1");
    assertThat(supervisord.isAlive()).isTrue();
    assertThat(tree.call("supervisor.shutdown")).contains("<boolean>1");
    assertThat(Tree.exitCode(supervisord)).isZero();
  }

  @Test
  void eachOfSeveralServersHasItsOwnPolicyAlsoBehindTheFront() throws Exception {
    int other;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      other = free.getLocalPort();
    }
    tree.configure(
        """
        [inet_http_server:guarded]
        port = 127.0.0.1:%d
        username = ann
        password = secret
        """
            .formatted(other));
    tree.startAndAwait();
    for (String path : List.of("/", "/health/live", "/api/v1/processes", "/mainlogtail")) {
      assertThat(get(other, path).statusCode()).as(path).isEqualTo(401);
    }
    Optional<String> ann = Optional.of("ann:secret");
    for (String path : List.of("/", "/health/live", "/api/v1/processes")) {
      assertThat(get(tree.port(), path).statusCode()).as(path).isEqualTo(200);
      assertThat(get(other, path, ann).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void besideTheConfiguredPortOnlyPayaraListensAndRefusesWhoIsNotTheFront() throws Exception {
    tree.configure("");
    Process supervisord = tree.startAndAwait();
    assertThat(get(tree.port(), "/").statusCode()).isEqualTo(200);
    List<Integer> ports =
        Sockets.listeningPorts(supervisord.pid()).stream()
            .filter(port -> port != tree.port())
            .toList();
    assertThat(ports).hasSize(1);
    for (String path : List.of("/", "/RPC2", "/health", "/api/v1/processes", "/metrics")) {
      assertThat(get(ports.get(0), path).statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void whatTheFrontLetsPassIsNotTooLargeForThePage() throws Exception {
    tree.configure("");
    tree.startAndAwait();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tree.port() + "/api/v1/processes"));
    for (int i = 0; i < 600; i++) {
      request.header("X-Long-" + i, "x".repeat(90));
    }
    assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void aRestartKeepsASocketThatStays() throws Exception {
    tree.configure("[program:sleeper]\ncommand = /bin/sleep 600\n");
    tree.startAndAwait();
    assertThat(get(tree.port(), "/").statusCode()).isEqualTo(200);
    assertThat(tree.call("supervisor.restart")).contains("<boolean>1");
    // refused at no time
    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.call("supervisor.getProcessInfo", "sleeper").contains("RUNNING"));
    assertThat(get(tree.port(), "/api/v1/processes").body()).contains("sleeper");
  }
}
