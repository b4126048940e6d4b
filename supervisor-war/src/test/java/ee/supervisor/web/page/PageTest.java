package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages as a browser without scripts, a program, and another site's page get at them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private TestConfiguration configuration;
  private DoorServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    configuration =
        new TestConfiguration(directory)
            .inet()
            .program("cat", "/bin/cat")
            .program("stay", "/bin/cat")
            .program("linked", "/bin/cat")
            .program("missing", "/no/such/program")
            .program("slow", "/bin/sleep 1000", 3600)
            .dependent("late", "/bin/cat", "slow")
            .program("talk", "/bin/sh -c \"echo '<b>&amp;'; exec sleep 1000\"");
    server = DoorServer.start(configuration, directory);
    await().until(() -> state("cat") == ProcessState.RUNNING);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String form, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/index.html"))
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String message(HttpResponse<String> response) {
    boolean posted = response.request().method().equals("POST");
    assertThat(response.statusCode()).isEqualTo(posted ? 303 : 301);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    String location = response.headers().firstValue("Location").orElseThrow();
    // relative: behind a proxy this page may be below another path
    assertThat(location).startsWith("./?message=");
    return URLDecoder.decode(location.substring("./?message=".length()), UTF_8);
  }

  @Test
  void theListShowsEveryProcess() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("data-process=\"cat\"", "tail.html?processname=talk", "logtail/cat/stderr");
    assertThat(get("/index.html").body()).contains("data-process=\"cat\"");
  }

  @Test
  void pagesForbidInlineScriptsFramesAndForeignContent() throws Exception {
    assertThat(get("/").headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .contains("script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'")
        .contains("form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws Exception {
    assertThat(get("/").body())
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContainPattern("<[^>]* (style|on[a-z]+)=")
        .doesNotContain("<style", "<script>");
  }

  @Test
  void theStyleSheetIsAtTheReferencesAddress() throws Exception {
    HttpResponse<String> sheet = get("/stylesheets/supervisor.css");
    assertThat(sheet.statusCode()).isEqualTo(200);
    assertThat(sheet.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(get("/stylesheets/no-such.css").statusCode()).isEqualTo(404);
  }

  @Test
  void aBrowserMayKeepTheScriptsForGoodAndAsksForThemInVainOtherwise() throws Exception {
    Matcher address = Pattern.compile("src=\"(assets/[^\"]*/page.js)\"").matcher(get("/").body());
    assertThat(address.find()).isTrue();
    HttpResponse<String> script = get("/" + address.group(1));
    assertThat(script.headers().firstValue("Content-Type"))
        .hasValue("text/javascript;charset=utf-8");
    assertThat(script.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    String tag = script.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        http.send(
            HttpRequest.newBuilder(server.uri("/assets/of-another-release/page.js"))
                .header("If-None-Match", tag)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.headers().firstValue("Cache-Control")).hasValue("no-cache");
  }

  @Test
  void whatFailsStandsAboveTheListWithItsReason() throws Exception {
    await().until(() -> state("missing") == ProcessState.FATAL);
    assertThat(get("/").body())
        .containsPattern("<li><span class=\"chip bad\"><b>1</b> fatal</span></li>")
        .containsPattern("(?s)aria-label=\"Needs attention\"><li>.*missing.*/no/such/program");
  }

  @Test
  void aMessageIsShownAsTextAndNothingElse() throws Exception {
    assertThat(get("/?message=%3Cscript%3Ealert(1)%3C/script%3E%22'").body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;")
        .doesNotContain("<script>");
  }

  @Test
  void aButtonStopsAndStartsAProcess() throws Exception {
    assertThat(message(post("processname=cat&action=stop"))).isEqualTo("Process cat stopped");
    assertThat(state("cat")).isEqualTo(ProcessState.STOPPED);
    assertThat(message(post("processname=cat&action=stop")))
        .isEqualTo("unexpected rpc fault [70] NOT_RUNNING: cat");
    assertThat(message(post("processname=cat&action=start"))).isEqualTo("Process cat started");
    assertThat(message(post("processname=cat&action=start")))
        .isEqualTo("ERROR: Process cat: already started");
    int pid = server.supervisor().process("cat").pid();
    assertThat(message(post("processname=cat%3Acat&action=restart")))
        .isEqualTo("Process cat:cat restarted");
    assertThat(server.supervisor().process("cat").pid()).isNotEqualTo(pid);
  }

  @Test
  void whatWaitsIsStartedWithoutWaitingOrNotAtAll() throws Exception {
    await().until(() -> !server.supervisor().process("late").waitsFor().isEmpty());
    assertThat(get("/").body())
        .contains("data-process=\"late\" data-state=\"STOPPED\" data-waiting>")
        .contains("value=\"startalone\" formaction=\"index.html?processname=late\"")
        .doesNotContain("value=\"startalone\" formaction=\"index.html?processname=cat\"");

    assertThat(message(post("processname=late&action=stop"))).isEqualTo("Process late stopped");
    assertThat(get("/").body()).doesNotContain("data-waiting");
    assertThat(message(post("processname=late&action=startalone")))
        .isEqualTo("Process late started");
    assertThat(state("late")).isEqualTo(ProcessState.RUNNING);
    assertThat(message(post("processname=late&action=startalone")))
        .isEqualTo("ERROR: Process late: already started");
  }

  @Test
  void whatCannotBeDoneIsToldInPlainWords() throws Exception {
    assertThat(message(post("processname=missing&action=start")))
        .isEqualTo("ERROR: Process missing: no such file");
    assertThat(message(post("processname=nope&action=start")))
        .isEqualTo("No such process named nope");
    assertThat(post("processname=cat&action=explode").statusCode()).isEqualTo(400);
    assertThat(post("action=start").statusCode()).isEqualTo(400);
  }

  @Test
  void aNameOfAnyLengthIsAnswered() throws Exception {
    assertThat(message(post("action=start&processname=" + "x".repeat(60_000))))
        .startsWith("No such process named xxx")
        .hasSizeLessThan(1_000);
  }

  @Test
  void picturesAndScriptsCanOnlyBeRead() throws Exception {
    HttpResponse<String> refused =
        http.send(
            HttpRequest.newBuilder(server.uri("/images/icon.svg"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    assertThat(get("/images/none.svg").body()).contains("<h1>404 Not Found</h1>");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "User-Agent, Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Referer, http://evil.example/",
  })
  void aLinkThatAnotherSiteMayHaveHadFollowedChangesNothingButAsks(String name, String value)
      throws Exception {
    int pid = server.supervisor().process("stay").pid();
    for (String action : new String[] {"stop", "restart", "stopall", "restartall", "clearlog"}) {
      HttpResponse<String> page = get("/index.html?processname=stay&action=" + action, name, value);
      assertThat(page.statusCode()).isEqualTo(403);
      assertThat(page.body())
          .contains("method=\"post\"", "value=\"" + action + "\"", "value=\"stay\"");
    }
    assertThat(state("stay")).isEqualTo(ProcessState.RUNNING);
    assertThat(server.supervisor().process("stay").pid()).isEqualTo(pid);
  }

  @Test
  void aLinkThatAProgramFollowsIsDone() throws Exception {
    String link = "/index.html?processname=linked&action=";
    int pid = server.supervisor().process("linked").pid();
    assertThat(message(get(link + "restart"))).isEqualTo("Process linked restarted");
    assertThat(server.supervisor().process("linked").pid()).isNotEqualTo(pid);
    assertThat(message(get("/?processname=linked&action=stop", "User-Agent", "Wget/1.21.3")))
        .isEqualTo("Process linked stopped");
    assertThat(state("linked")).isEqualTo(ProcessState.STOPPED);
    assertThat(message(get(link + "stop")))
        .isEqualTo("unexpected rpc fault [70] NOT_RUNNING: linked");
    assertThat(message(get(link + "start", "User-Agent", "python-requests/2.32.3")))
        .isEqualTo("Process linked started");
    assertThat(message(get(link + "clearlog"))).isEqualTo("Log for linked cleared");
    assertThat(message(get("/index.html?processname=nope&action=start")))
        .isEqualTo("No such process named nope");
    assertThat(get("/index.html?action=explode").statusCode()).isEqualTo(400);
    assertThat(get("/index.html?action=stop").statusCode()).isEqualTo(400);
  }

  @Test
  void aLinkThatItsUserFollowsIsDoneInABrowserThatTells() throws Exception {
    String link = "/index.html?processname=linked&action=restart";
    for (String site : new String[] {"none", "same-origin"}) {
      int pid = server.supervisor().process("linked").pid();
      assertThat(
              message(get(link, "Sec-Fetch-Site", site, "User-Agent", "Mozilla/5.0 (X11; Linux)")))
          .isEqualTo("Process linked restarted");
      assertThat(server.supervisor().process("linked").pid()).isNotEqualTo(pid);
    }
  }

  @Test
  void whatOnlyAsksForHeadersDoesNothing() throws Exception {
    int pid = server.supervisor().process("linked").pid();
    HttpResponse<String> head =
        http.send(
            HttpRequest.newBuilder(server.uri("/index.html?processname=linked&action=restart"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(403);
    assertThat(server.supervisor().process("linked").pid()).isEqualTo(pid);
  }

  @Test
  void aNameThatSomebodyHasLeadHereShowsABrowserNothing() throws Exception {
    String request =
        """
        GET / HTTP/1.1
        Host: evil.example:9001
        Connection: close
        User-Agent: Mozilla/5.0

        """;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 403")
          .doesNotContain("data-process");
    }
  }

  @Test
  void aFormThatAnotherSitePostsIsRefused() throws Exception {
    assertThat(post("processname=stay&action=stop", "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(post("processname=stay&action=stop", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(state("stay")).isEqualTo(ProcessState.RUNNING);
    assertThat(message(post("action=refresh", "Origin", "http://127.0.0.1:" + server.port())))
        .startsWith("Page refreshed at ");
  }

  @Test
  void refreshWorksAsALink() throws Exception {
    assertThat(message(get("/index.html?action=refresh")))
        .matches("Page refreshed at \\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}");
  }

  @Test
  void theTailOfALogIsShownAsText() throws Exception {
    await().until(() -> Files.size(configuration.log("talk", "stdout")) > 0);
    assertThat(get("/tail.html?processname=talk").body())
        .contains("<title>Supervisor tail of process talk</title>", "&lt;b&gt;&amp;amp;")
        .contains("tail.html?processname=talk&amp;limit=1024");
    assertThat(get("/tail.html").body()).contains("No process name found");
    assertThat(get("/tail.html?processname=nope").body())
        .contains("ERROR: unexpected rpc fault [10] BAD_NAME: nope");
  }

  @Test
  void aProgramCanAskWhetherThePageIsUp() throws Exception {
    assertThat(get("/ok.html").body()).isEqualTo("OK");
  }

  @Test
  void logsAreClearedByTheirButton() throws Exception {
    assertThat(message(post("processname=stay&action=clearlog"))).isEqualTo("Log for stay cleared");
  }
}
