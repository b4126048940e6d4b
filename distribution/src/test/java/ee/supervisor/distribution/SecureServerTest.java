package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS and knows users, in the tree that was built. */
class SecureServerTest {
  private static final Path SUPERVISORCTL =
      Path.of("target/supervisor/bin/supervisorctl").toAbsolutePath();

  @TempDir private Path directory;
  private Tree tree;

  @BeforeEach
  void configure() throws IOException {
    tree = new Tree(directory);
    tree.configureWithoutServer(
        """
        [inet_http_server]
        port = 127.0.0.1:%d
        certfile = %%(here)s/server.crt
        keyfile = %%(here)s/server.key
        [user:ann]
        password = see
        role = viewer
        [user:root]
        password = {SHA256}a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3
        role = admin
        [program:sleeper]
        command = /bin/sh -c 'echo $SUPERVISOR_SERVER_URL > %%(here)s/url; exec sleep 600'
        """
            .formatted(tree.port()));
  }

  @AfterEach
  void endWhatStillRuns() throws IOException {
    tree.close();
  }

  private PemFiles makeKey() throws Exception {
    return PemFiles.make(tree.file("server.crt"), tree.file("server.key"));
  }

  private HttpResponse<String> get(PemFiles trusted, String path) throws Exception {
    String credentials = Base64.getEncoder().encodeToString("ann:see".getBytes(UTF_8));
    return HttpClient.newBuilder()
        .sslContext(trusted.trusting())
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + tree.port() + path))
                .header("Authorization", "Basic " + credentials)
                .build(),
            BodyHandlers.ofString());
  }

  private void awaitResponseTo(PemFiles trusted) {
    await()
        .atMost(Tree.PATIENCE)
        .ignoreExceptions()
        .until(() -> get(trusted, "/health/live").statusCode() == 200);
  }

  private String supervisorctl(Path trusted, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SUPERVISORCTL.toString()));
    command.addAll(List.of("-s", "https://127.0.0.1:" + tree.port()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "ctl", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("SUPERVISORCTL_CA_FILE", trusted.toString());
    Tree.exitCode(builder.start());
    return Files.readString(output);
  }

  @Test
  void tlsIsSpokenAndNothingElseAndAReloadBringsTheNewCertificate() throws Exception {
    PemFiles first = makeKey();
    Process supervisord = tree.start("-n", "-c", "supervisord.conf");
    awaitResponseTo(first);

    HttpResponse<String> page = get(first, "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(plain("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("HTTP/1");
    assertThat(tree.text("url").strip()).isEqualTo("https://127.0.0.1:" + tree.port());

    Path old = Files.copy(tree.file("server.crt"), tree.file("old.crt"));
    PemFiles second = makeKey();
    assertThat(supervisorctl(old, "-u", "root", "-p", "123", "reload"))
        .isEqualTo("Restarted supervisord\n");
    awaitResponseTo(second);
    assertThatThrownBy(() -> get(first, "/")).isInstanceOf(SSLHandshakeException.class);
    assertThat(supervisord.isAlive()).isTrue();
  }

  /** Answers in clear text to who speaks in clear text; at most what it takes to hang up. */
  private String plain(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tree.port())) {
      socket.setSoTimeout((int) Tree.PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @Test
  void supervisorctlTellsWhatARoleDoesNotAllow() throws Exception {
    PemFiles key = makeKey();
    Path trusted = tree.file("server.crt");
    tree.start("-n", "-c", "supervisord.conf");
    awaitResponseTo(key);

    assertThat(supervisorctl(trusted, "-u", "ann", "-p", "see", "status")).startsWith("sleeper ");
    for (String action : List.of("start", "stop")) {
      assertThat(supervisorctl(trusted, "-u", "ann", "-p", "see", action, "sleeper"))
          .isEqualTo(
              "FAILED: supervisor.%sProcess sleeper needs the role operator, and ann is viewer\n"
                  .formatted(action));
    }
    assertThat(supervisorctl(trusted, "-u", "root", "-p", "123", "stop", "sleeper"))
        .isEqualTo("sleeper: stopped\n");
    assertThat(tree.text("supervisord.log"))
        .contains(
            "INFO audit: door=xmlrpc user=ann from=127.0.0.1 what=supervisor.stopProcess sleeper"
                + " result=refused\n",
            "INFO audit: door=xmlrpc user=root from=127.0.0.1 what=supervisor.stopProcess sleeper"
                + " result=OK\n")
        .doesNotContain("without any HTTP authentication");
    assertThat(supervisorctl(tree.file("missing.crt"), "status"))
        .contains("missing.crt: no such file");
  }

  @Test
  void filesThatCannotBeUsedAreToldAndNothingStarts() throws Exception {
    assertComplaint(0, "certfile=%s/server.crt cannot be read: no such file");
    makeKey();
    PemFiles.make(tree.file("other.crt"), tree.file("server.key"));
    assertComplaint(
        1,
        "keyfile=%1$s/server.key is not the key of the certificate in certfile=%1$s/server.crt,"
            + " which has to stand there first");
    assertThat(tree.file("url")).doesNotExist();
    assertThat(tree.run("--check", "-c", "supervisord.conf")).isZero();
  }

  private void assertComplaint(int run, String message) throws Exception {
    assertThat(tree.run("-n", "-c", "supervisord.conf")).isEqualTo(2);
    assertThat(tree.console(run))
        .startsWith(
            "Error: "
                + message.formatted(directory)
                + " in section 'inet_http_server' (file: 'supervisord.conf')\nFor help, use ");
  }
}
