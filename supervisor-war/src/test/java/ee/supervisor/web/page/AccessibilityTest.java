package ee.supervisor.web.page;

import static ee.supervisor.testing.Requirement.BROWSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.Role;
import ee.supervisor.event.ProcessState;
import ee.supervisor.testing.Requires;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Every page as axe-core judges it, in a window and on a phone, light and dark. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OpenBrowser.class)
@Timeout(180)
@Requires(BROWSER)
class AccessibilityTest {
  private static final String RAINBOW =
      "for i in 1 2 3 4 5 6 7 8; do printf '\\033[3%dm colour \\033[9%dm bright \\033[4%dm ground \\033[2m faint"
          + " \\033[0m plain \\033[2m dim\\n' $i $i $i; done; seq 200; exec cat";

  private final Browser browser;
  private DoorServer server;

  AccessibilityTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        DoorServer.start(
            new TestConfiguration(directory)
                .inet()
                .user("ada", "a", Role.ADMIN)
                .user("vera", "v", Role.VIEWER)
                .program("web", "/bin/sh -c \"" + RAINBOW.replace("\\", "\\\\") + "\"")
                .program("slow", "/bin/cat", 3600)
                .program("done", "/bin/true")
                .program("missing", "/no/such/program")
                .dependent("app", "/bin/cat", "web")
                .dependent("late", "/bin/cat", "slow")
                .fleet("batch", 3, "/bin/cat"),
            directory);
    await().until(() -> state("missing") == ProcessState.FATAL);
    await().until(() -> state("app") == ProcessState.RUNNING);
  }

  @AfterEach
  void asBefore() {
    browser.prefersDark(false);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  private Browser page() {
    return browser.visitAs(server, "ada:a").isLive().seesInRow("web", "running");
  }

  private void hasNoBarriers() {
    assertThat(browser.barriers()).isEmpty();
  }

  @Test
  void theList() {
    page();
    hasNoBarriers();
  }

  @Test
  void theListWithMarksAndAFilterThatNothingPasses() {
    page().mark("web").press("/").press("zebra").sees("No program matches");
    hasNoBarriers();
  }

  @Test
  void theListWithEvents() {
    page().press("e").clickInRow("batch:batch_0", "Start").seesInRow("batch:batch_0", "running");
    hasNoBarriers();
  }

  @Test
  void theListOfWhoMayOnlyLook() {
    browser.visitAs(server, "vera:v").isLive().seesInRow("web", "running");
    hasNoBarriers();
  }

  @Test
  void theKeys() {
    page().press("?").sees("next program");
    hasNoBarriers();
  }

  @Test
  void aQuestion() {
    page().click("Stop all").sees("Stop all 9 programs?");
    hasNoBarriers();
  }

  @Test
  void aLog() {
    page().clickInRow("web", "Log").sees("Following").seesOnScreen("200");
    hasNoBarriers();
    browser.press("/").press("1").press(Keys.ENTER).sees("Paused");
    hasNoBarriers();
  }

  @Test
  void theEndOfALog() {
    page();
    browser.visit(server, "/tail.html?processname=web&limit=9999").sees("Refresh");
    hasNoBarriers();
  }

  @Test
  void theGraph() {
    page();
    browser.visit(server, "/graph.html").sees("Start-up");
    hasNoBarriers();
  }

  @Test
  void theQuestionWhetherALinkIsMeant() {
    page();
    browser.followFromElsewhere(server, "/index.html?processname=web&action=stop").sees("Cancel");
    hasNoBarriers();
  }

  @Test
  void aRefusal() {
    browser.visitAs(server, "vera:v").isLive();
    browser.visit(server, "/index.html?processname=web&action=stop").sees("this takes the role");
    hasNoBarriers();
  }

  @Test
  void aProgram() {
    page();
    browser
        .visit(server, "/program.html?processname=web")
        .isLive()
        .sees("highest")
        .click("As by default");
    hasNoBarriers();
    browser.visit(server, "/program.html?processname=no-such").sees("No such process");
    hasNoBarriers();
  }

  @Test
  void thePlan() {
    page();
    browser.visit(server, "/plan.html").sees("Nothing:");
    hasNoBarriers();
  }

  @Test
  void theLoginPageAndWhatItSaysOfAWrongPassword() {
    try (Browser fresh = Browser.open()) {
      fresh.visit(server, "/").sees("User name");
      assertThat(fresh.barriers()).isEmpty();
      fresh.press("ada", Keys.TAB, "wrong", Keys.ENTER).sees("is wrong");
      assertThat(fresh.alert()).isEqualTo("The user name or the password is wrong.");
      assertThat(fresh.barriers()).isEmpty();
    }
  }

  @Test
  void theListAndTheKeysInAnotherLanguage() {
    page().click("中文").sees("运行中").sees("实时").press("?").sees("下一个程序");
    assertThat(browser.language()).isEqualTo("zh");
    hasNoBarriers();
  }
}
