package ee.supervisor.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.Role;
import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session's cookie does and does not open, by HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionAccessTest {
  private static final String[] BROWSER = {"Accept", "text/html,application/xml;q=0.9,*/*;q=0.8"};

  private final HttpClient http = HttpClient.newHttpClient();
  private Path directory;
  private DoorServer server;

  /** What a browser holds that has logged in. */
  private record LoggedIn(String cookie, String token) {}

  @BeforeAll
  void start(@TempDir Path scratch) throws Exception {
    directory = scratch;
    server =
        DoorServer.start(
            new TestConfiguration(scratch)
                .inet()
                .audit(true)
                .user("ada", "a", Role.ADMIN)
                .user("vera", "v", Role.VIEWER)
                .program("cat", "/bin/cat"),
            scratch);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(String method, String path, String form, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .method(method, HttpRequest.BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private LoggedIn logIn(String user, String password) throws Exception {
    HttpResponse<String> in = send("POST", "/login.html", "user=" + user + "&password=" + password);
    assertThat(location(in)).isEqualTo("./");
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    String page = send("GET", "/", "", "Cookie", cookie).body();
    Matcher token = Pattern.compile("name=\"token\" content=\"([^\"]*)\"").matcher(page);
    assertThat(token.find()).isTrue();
    return new LoggedIn(cookie, token.group(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/tail.html", "/program.html", "/plan.html"})
  void aBrowserIsSentToTheLoginPageAndAProgramIsAskedForAPassword(String path) throws Exception {
    assertThat(location(send("GET", path, "", BROWSER))).startsWith("login.html");
    HttpResponse<String> program = send("GET", path, "", "Accept", "*/*");
    assertThat(program.statusCode()).isEqualTo(401);
    assertThat(program.headers().firstValue("WWW-Authenticate"))
        .hasValue("Basic realm=\"default\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/RPC2", "/logtail/cat", "/mainlogtail", "/ok.html", "/api/v1/processes"})
  void whatIsNoPageOfOursAsksABrowserForAPasswordAsEver(String path) throws Exception {
    HttpResponse<String> refused = send("GET", path, "", BROWSER);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Basic realm=\"default\"");
  }

  @Test
  void theLoginPageTellsNothingOfTheMachineAndLoadsWhatItIsMadeOf() throws Exception {
    HttpResponse<String> page = send("GET", "/login.html?next=plan.html", "", BROWSER);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.body())
        .contains("autocomplete=\"current-password\"", "value=\"plan.html\"")
        .doesNotContain("pid ", "class=\"identifier\"", "cat");
    Matcher asset = Pattern.compile("(?:src|href)=\"(assets/[^\"]*)\"").matcher(page.body());
    while (asset.find()) {
      assertThat(send("GET", "/" + asset.group(1), "").statusCode()).isEqualTo(200);
    }
    assertThat(send("GET", "/stylesheets/supervisor.css", "").statusCode()).isEqualTo(401);
  }

  @Test
  void whatStandsInTheAddressOfTheLoginPageIsText() throws Exception {
    assertThat(send("GET", "/login.html?next=%22%3E%3Cscript%3E", "", BROWSER).body())
        .contains("value=\"&quot;&gt;&lt;script&gt;\"")
        .doesNotContain("\"><script>");
  }

  @Test
  void aWrongPasswordIsSaidAndRecorded() throws Exception {
    HttpResponse<String> refused = send("POST", "/login.html", "user=ada&password=wrong");
    assertThat(location(refused)).isEqualTo("login.html?failed=1");
    assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(send("GET", "/login.html?failed=1", "", BROWSER).body())
        .contains("role=\"alert\">The user name or the password is wrong.");
    logIn("ada", "a");
    assertThat(Files.readString(directory.resolve("supervisord.log")))
        .contains("audit: door=page user=ada from=127.0.0.1 what=login result=refused")
        .contains("audit: door=page user=ada from=127.0.0.1 what=login result=OK");
  }

  @Test
  void theFormsTokenIsAskedForAtThePages() throws Exception {
    LoggedIn ada = logIn("ada", "a");
    String stop = "processname=cat&action=stop";
    for (String wrong : new String[] {"", "&token=", "&token=guess"}) {
      assertThat(send("POST", "/index.html", stop + wrong, "Cookie", ada.cookie()).statusCode())
          .isEqualTo(403);
      assertThat(
              send("POST", "/plan.html", "action=update" + wrong, "Cookie", ada.cookie())
                  .statusCode())
          .isEqualTo(403);
    }
    // what stands in an address may be in a log
    assertThat(
            send("POST", "/index.html?token=" + ada.token(), stop, "Cookie", ada.cookie())
                .statusCode())
        .isEqualTo(403);
    assertThat(server.supervisor().process("cat").state()).isEqualTo(ProcessState.RUNNING);
    assertThat(
            location(
                send(
                    "POST",
                    "/index.html",
                    "action=refresh&token=" + ada.token(),
                    "Cookie",
                    ada.cookie())))
        .startsWith("./?message=Page%20refreshed");
  }

  @Test
  void aLinkThatChangesSomethingAsksFirstWhoIsLoggedIn() throws Exception {
    LoggedIn ada = logIn("ada", "a");
    HttpResponse<String> page =
        send("GET", "/index.html?processname=cat&action=stop", "", "Cookie", ada.cookie());
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("value=\"stop\"", "value=\"" + ada.token() + "\"");
    assertThat(server.supervisor().process("cat").state()).isEqualTo(ProcessState.RUNNING);
  }

  @Test
  void restTakesTheTokenInAHeader() throws Exception {
    LoggedIn ada = logIn("ada", "a");
    String reread = "/api/v1/configuration/reread";
    HttpResponse<String> refused = send("POST", reread, "", "Cookie", ada.cookie());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("token of the session");
    assertThat(send("DELETE", "/api/v1/logs/cat/stdout", "", "Cookie", ada.cookie()).statusCode())
        .isEqualTo(403);
    String[] right = {"Cookie", ada.cookie(), "X-Supervisor-Token", ada.token()};
    assertThat(send("POST", reread, "", right).statusCode()).isEqualTo(200);
    String[] foreign = {
      "Cookie", ada.cookie(), "X-Supervisor-Token", ada.token(), "Origin", "http://evil.example"
    };
    assertThat(send("POST", reread, "", foreign).statusCode()).isEqualTo(403);
  }

  @Test
  void aViewersSessionLooksAndDoesNothing() throws Exception {
    LoggedIn vera = logIn("vera", "v");
    assertThat(send("GET", "/", "", "Cookie", vera.cookie()).body())
        .contains("vera", "viewer", "Log out")
        .doesNotContain("name=\"action\"");
    HttpResponse<String> refused =
        send(
            "POST",
            "/index.html",
            "processname=cat&action=stop&token=" + vera.token(),
            "Cookie",
            vera.cookie());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("the user vera is viewer");
  }

  @Test
  void whoLogsOutIsOutAndNobodyElse() throws Exception {
    LoggedIn ada = logIn("ada", "a");
    LoggedIn other = logIn("ada", "a");
    assertThat(
            send("POST", "/logout.html", "token=" + other.token(), "Cookie", ada.cookie())
                .statusCode())
        .isEqualTo(403);
    HttpResponse<String> out =
        send("POST", "/logout.html", "token=" + ada.token(), "Cookie", ada.cookie());
    assertThat(location(out)).isEqualTo("login.html");
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("=ended;");
    HttpResponse<String> after = send("GET", "/api/v1/processes", "", "Cookie", ada.cookie());
    assertThat(after.statusCode()).isEqualTo(401);
    assertThat(after.headers().firstValue("WWW-Authenticate"))
        .hasValue("Session realm=\"default\"");
    assertThat(send("GET", "/", "", "Cookie", other.cookie()).statusCode()).isEqualTo(200);
  }

  @Test
  void passwordsInAHeaderGoOnAsTheyDid() throws Exception {
    String ada = "Basic " + Base64.getEncoder().encodeToString("ada:a".getBytes(UTF_8));
    String[] headers = {"Authorization", ada, BROWSER[0], BROWSER[1]};
    HttpResponse<String> page = send("GET", "/", "", headers);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("Log out", "name=\"token\"");
    assertThat(send("POST", "/index.html", "action=refresh", headers).statusCode()).isEqualTo(303);
    assertThat(
            send("GET", "/login.html?next=plan.html", "", headers).headers().firstValue("Location"))
        .hasValue("./plan.html");
    String[] wrong = {"Authorization", "Basic YWRhOng=", BROWSER[0], BROWSER[1]};
    assertThat(send("GET", "/", "", wrong).statusCode()).isEqualTo(401);
  }

  @Test
  void aLanguageIsRememberedAndLeadsBackToTheSamePage() throws Exception {
    HttpResponse<String> chosen = send("GET", "/login.html?next=plan.html&lang=de", "", BROWSER);
    assertThat(location(chosen)).isEqualTo("./login.html?next=plan.html");
    String cookie = chosen.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("supervisor-language=de; Max-Age=");
    assertThat(send("GET", "/login.html", "", "Cookie", "supervisor-language=de").body())
        .contains("<html lang=\"de\">", "Passwort");
    assertThat(send("GET", "/login.html", "", "Accept-Language", "fr-CA,fr;q=0.9,de;q=0.5").body())
        .contains("<html lang=\"fr\">");
    assertThat(send("GET", "/login.html", "", "Accept-Language", "nl,*;q=0.5").body())
        .contains("<html lang=\"en\">");
    assertThat(send("GET", "/login.html?lang=xx", "", BROWSER).statusCode()).isEqualTo(200);
  }
}
