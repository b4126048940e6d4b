package ee.supervisor.web.page;

import static ee.supervisor.testing.Requirement.BROWSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.access.Session;
import ee.supervisor.config.Role;
import ee.supervisor.event.ProcessState;
import ee.supervisor.testing.Requires;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** People who log in and out, and read the pages in their language, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OpenBrowser.class)
@Timeout(180)
@Requires(BROWSER)
class LoginPageTest {
  /** Every page there is, as one who is logged in comes to it. */
  private static final List<String> PAGES =
      List.of(
          "/",
          "/program.html?processname=app",
          "/graph.html",
          "/plan.html",
          "/tail.html?processname=cat",
          "/program.html?processname=nope");

  private final Browser browser;
  private DoorServer server;

  LoginPageTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    TestConfiguration configuration =
        new TestConfiguration(directory)
            .inet()
            .user("ada", "a", Role.ADMIN)
            .user("vera", "v", Role.VIEWER)
            .program("cat", "/bin/cat")
            .program("missing", "/no/such/program")
            .dependent("app", "/bin/cat", "cat")
            .fleet("batch", 2, "/bin/cat");
    server = DoorServer.start(configuration, directory);
    await().until(() -> state("app") == ProcessState.RUNNING);
    await().until(() -> state("missing") == ProcessState.FATAL);
    configuration.program("added", "/bin/cat");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  @Test
  void whoLogsInByTheKeyboardAloneIsShownWhoHeIsAndMayAct() {
    browser.logIn(server, "/", "ada", "a").isLive().sees("ada").sees("admin").sees("Log out");
    browser.clickInRow("batch:batch_0", "Start").seesInRow("batch:batch_0", "running");
    assertThat(state("batch:batch_0")).isEqualTo(ProcessState.RUNNING);
    browser.hasNoComplaints();
  }

  @Test
  void whoComesByALinkIsLedBackToIt() {
    browser.logIn(server, "/program.html?processname=cat", "ada", "a").isLive();
    assertThat(browser.address()).endsWith("/program.html?processname=cat");
    browser.click("Log out").sees("User name");
    browser.logIn(server, "/#q=missing", "ada", "a").seesRows("missing");
    assertThat(browser.address()).endsWith("/#q=missing");
  }

  @Test
  void aLinkOnAnotherSiteFindsWhoIsLoggedIn() {
    browser.logIn(server, "/", "ada", "a").isLive();
    browser.followFromElsewhere(server, "/program.html?processname=cat").isLive();
    assertThat(browser.address()).endsWith("/program.html?processname=cat");
  }

  @Test
  void aWrongPasswordIsSaidAndTheRightOneTakenThen() {
    browser.logIn(server, "/plan.html", "ada", "wrong").sees("is wrong");
    assertThat(browser.alert()).isEqualTo("The user name or the password is wrong.");
    browser.press("ada", Keys.TAB, "a", Keys.ENTER).sees("What an update would do");
  }

  @Test
  void aPasswordInTheAddressIsTakenAndTheAddressIsWithoutItThen() {
    browser.visitWith(server, "ada:a", "/program.html?processname=cat").isLive().sees("Log out");
    assertThat(browser.address()).endsWith("/program.html?processname=cat").doesNotContain("ada");
    browser.leave();
    browser.visitWith(server, "ada:wrong", "/").sees("is wrong");
  }

  @Test
  void whoLogsInAnewInAnotherWindowGoesOnInTheFirst() throws Exception {
    browser.logIn(server, "/", "ada", "a").isLive();
    HttpResponse<Void> again =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri("/login.html"))
                    .header("Cookie", browser.cookies())
                    .POST(HttpRequest.BodyPublishers.ofString("user=ada&password=a"))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    browser.takeCookie(again.headers().firstValue("Set-Cookie").orElseThrow());
    String token = browser.attribute("meta[name=token]", "content");
    browser.clickInRow("cat", "Restart");
    browser.waitFor(
        "the page to be loaded again",
        () -> !browser.attribute("meta[name=token]", "content").equals(token));
    browser.isLive();
  }

  @Test
  void whoLogsOutSeesNothingAnyMore() {
    browser.logIn(server, "/", "ada", "a").isLive().click("Log out").sees("User name");
    browser.visit(server, "/").sees("User name");
    assertThat(browser.text()).doesNotContain("cat");
  }

  @Test
  void aPageWhoseSessionEndsElsewhereAsksForAPasswordByItself() throws Exception {
    browser.logIn(server, "/program.html?processname=cat", "ada", "a").isLive();
    HttpResponse<Void> out =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri("/logout.html"))
                    .header("Cookie", browser.cookies())
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            Session.TOKEN_FIELD
                                + "="
                                + browser.attribute("meta[name=token]", "content")))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    assertThat(out.statusCode()).isEqualTo(303);
    browser.sees("User name").press("ada", Keys.TAB, "a", Keys.ENTER).isLive();
    assertThat(browser.address()).endsWith("/program.html?processname=cat");
  }

  @Test
  void aViewerFindsNoButtons() {
    browser.logIn(server, "/", "vera", "v").isLive().sees("viewer");
    assertThat(browser.text()).doesNotContain("Stop", "Restart", "Plan");
    browser.visit(server, "/program.html?processname=cat").isLive();
    assertThat(browser.text()).doesNotContain("Stop", "Clear log");
  }

  @Test
  void withoutScriptsAllOfItWorksAsWell() {
    try (Browser plain = Browser.withoutScripts()) {
      plain.logIn(server, "/", "ada", "wrong").sees("is wrong");
      plain.logIn(server, "/", "ada", "a").sees("Log out");
      plain.clickInRow("batch:batch_1", "Start").sees("Process batch:batch_1 started");
      plain.click("Deutsch").sees("läuft").click("Abmelden").sees("Benutzername");
    }
  }

  @Test
  void aLanguageIsChosenAndRememberedAndTheScriptsSpeakItToo() {
    browser.visit(server, "/").click("Deutsch").sees("Benutzername");
    browser.press("ada", Keys.TAB, "a", Keys.ENTER).sees("Ereignisse").sees("Abmelden");
    browser.clickInRow("cat", "Stoppen").seesInRow("cat", "gestoppt");
    browser.clickInRow("cat", "Starten").seesInRow("cat", "läuft");
    browser.reload();
    browser.sees("Ereignisse").click("English").isLive();
    browser.hasNoComplaints();
  }

  @Test
  void noPageInAnotherLanguageSaysAnythingInEnglish() {
    browser.logIn(server, "/", "ada", "a").isLive();
    Texts english = Texts.in(Language.ENGLISH);
    for (Language language : List.of(Language.GERMAN, Language.FRENCH, Language.CHINESE)) {
      browser.visit(server, "/").click(language.ownName());
      Texts texts = Texts.in(language);
      String own =
          texts.keys().stream()
              .map(key -> texts.get(key, "", "", "", ""))
              .collect(Collectors.joining("\n"));
      for (String page : PAGES) {
        browser.visit(server, page).sees(texts.get("layout.logout"));
        if (page.startsWith("/?") || page.equals("/")) {
          browser.sees(texts.get("link.live"));
        }
        assertThat(browser.language()).isEqualTo(language.tag());
        String said = " " + browser.text().replaceAll("[^\\p{L}]+", " ") + " ";
        for (String key : english.keys()) {
          String text = english.get(key, "", "", "", "").replaceAll("[^\\p{L}]+", " ").strip();
          // words that both languages have, names, and what the configuration calls its options
          boolean isShared = own.contains(text) || text.length() < 4 || text.matches("[a-z]+");
          if (!isShared) {
            assertThat(said)
                .as("%s of %s in %s", key, page, language)
                .doesNotContain(" " + text + " ");
          }
        }
      }
    }
  }
}
