package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session in the tree that was built: the front lets in, Payara draws the pages. */
class LoginTest {
  private static final String HTML = "text/html,*/*;q=0.8";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path directory;

  private static HttpResponse<String> send(
      Tree tree, String method, String path, String form, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tree.port() + path))
            .method(method, BodyPublishers.ofString(form))
            .timeout(Tree.PATIENCE)
            .headers(headers);
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String logIn(Tree tree) throws Exception {
    HttpResponse<String> in =
        send(tree, "POST", "/login.html", "user=ann&password=see", "Accept", HTML);
    assertThat(in.statusCode()).isEqualTo(303);
    return in.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private static HttpResponse<String> page(Tree tree, String cookie) throws Exception {
    return send(tree, "GET", "/", "", "Cookie", cookie, "Accept", HTML);
  }

  @Test
  void aBrowserLogsInActsLogsOutAndIsOutWhenItsPasswordChanges() throws Exception {
    try (Tree tree = new Tree(directory)) {
      tree.configure(
          """
          [user:ann]
          password = see
          role = operator
          [program:cat]
          command = /bin/cat
          startsecs = 0
          """);
      tree.start("-n", "-c", "supervisord.conf");
      await()
          .atMost(Tree.PATIENCE)
          .ignoreExceptions()
          .until(
              () ->
                  send(tree, "GET", "/login.html", "", "Accept", HTML)
                      .body()
                      .contains("current-password"));
      assertThat(send(tree, "GET", "/", "", "Accept", "*/*").statusCode()).isEqualTo(401);
      HttpResponse<String> due = send(tree, "GET", "/", "", "Accept", HTML);
      assertThat(due.headers().firstValue("Location")).hasValue("login.html");

      String cookie = logIn(tree);
      String shown = page(tree, cookie).body();
      assertThat(shown).contains("ann", "operator", "Log out", "data-process=\"cat\"");
      Matcher found = Pattern.compile("name=\"token\" content=\"([^\"]*)\"").matcher(shown);
      assertThat(found.find()).isTrue();
      String token = found.group(1);
      String stop = "/api/v1/processes/cat/stop?wait=60";
      assertThat(send(tree, "POST", stop, "", "Cookie", cookie).statusCode()).isEqualTo(403);
      String[] right = {"Cookie", cookie, "X-Supervisor-Token", token};
      assertThat(send(tree, "POST", stop, "", right).statusCode()).isEqualTo(200);
      assertThat(
              send(
                      tree,
                      "POST",
                      "/index.html",
                      "processname=cat&action=start&token=" + token,
                      "Cookie",
                      cookie)
                  .headers()
                  .firstValue("Location"))
          .hasValue("./?message=Process%20cat%20started");

      String other = logIn(tree);
      assertThat(
              send(tree, "POST", "/logout.html", "token=" + token, "Cookie", cookie).statusCode())
          .isEqualTo(303);
      assertThat(page(tree, cookie).statusCode()).isEqualTo(303);
      assertThat(page(tree, other).statusCode()).isEqualTo(200);

      Path file = tree.file("supervisord.conf");
      Files.writeString(file, Files.readString(file).replace("password = see", "password = new"));
      reload(tree);
      await()
          .atMost(Tree.PATIENCE)
          .ignoreExceptions()
          .until(() -> page(tree, other).statusCode() == 303);
      assertThat(tree.text("supervisord.log"))
          .contains("user=ann")
          .contains("what=login result=OK");
    }
  }

  private static void reload(Tree tree) throws Exception {
    Process hup = new ProcessBuilder("kill", "-HUP", tree.text("supervisord.pid").strip()).start();
    assertThat(hup.waitFor()).isZero();
  }

  @Test
  void overTheSocketToo() throws Exception {
    try (Tree tree = new Tree(directory)) {
      tree.configureWithoutServer(
          """
          [unix_http_server]
          file = %%(here)s/s.sock
          username = ann
          password = {SHA}%s
          """
              .formatted(sha1("see")));
      tree.start("-n", "-c", "supervisord.conf");
      Path socket = tree.file("s.sock");
      await()
          .atMost(Tree.PATIENCE)
          .ignoreExceptions()
          .until(() -> ask(socket, "GET /login.html", "").contains("current-password"));
      String in = ask(socket, "POST /login.html", "user=ann&password=see");
      Matcher cookie = Pattern.compile("(?i)set-cookie: ([^;]*);").matcher(in);
      assertThat(cookie.find()).isTrue();
      assertThat(ask(socket, "GET /", "", "Cookie: " + cookie.group(1))).contains("Log out", "ann");
      String basic = Base64.getEncoder().encodeToString("ann:see".getBytes(UTF_8));
      assertThat(ask(socket, "GET /", "", "Authorization: Basic " + basic))
          .contains("ann")
          .doesNotContain("Log out");
    }
  }

  private static String sha1(String text) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
  }

  /** What comes until the connection is closed. */
  private static String ask(Path socket, String request, String form, String... headers)
      throws IOException {
    StringBuilder head =
        new StringBuilder(
            "%s HTTP/1.0\r\nAccept: text/html\r\nContent-Length: %d\r\n"
                .formatted(request, form.length()));
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(head.append("\r\n").append(form).toString().getBytes(UTF_8)));
      return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
    }
  }
}
