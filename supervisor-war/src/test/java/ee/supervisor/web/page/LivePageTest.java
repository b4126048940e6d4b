package ee.supervisor.web.page;

import static ee.supervisor.testing.Requirement.BROWSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.openqa.selenium.WebElement;

/** The page at {@code /} in a real browser: what a person does there, and what comes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OpenBrowser.class)
@Timeout(180)
@Requires(BROWSER)
class LivePageTest {
  private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

  private final Browser browser;
  private DoorServer server;

  LivePageTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        DoorServer.start(
            new TestConfiguration(directory)
                .inet()
                .program("mortal", "/bin/cat")
                .program("clicked", "/bin/cat")
                .program("typed", "/bin/cat")
                .program("first", "/bin/cat")
                .program("second", "/bin/cat")
                .program("missing", "/no/such/program")
                .program(HOSTILE, "/bin/cat")
                .fleet("batch", 3, "/bin/cat"),
            directory);
    await().until(() -> state("missing") == ProcessState.FATAL);
    await().until(() -> state("second") == ProcessState.RUNNING);
  }

  @AfterEach
  void nothingWasWrong() {
    browser.hasNoComplaints();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  private int pid(String name) {
    return server.supervisor().process(name).pid();
  }

  private Browser page(String path) {
    return browser.visit(server, path).isLive();
  }

  @Test
  void aProgramThatIsKilledIsSeenToComeBack() throws Exception {
    page("/");
    int pid = pid("mortal");
    browser.seesInRow("mortal", "pid " + pid + ",");
    WebElement row = browser.row("mortal");

    new ProcessBuilder("/bin/sh", "-c", "kill -9 " + pid).start().waitFor();

    await().until(() -> pid("mortal") != pid && state("mortal") == ProcessState.RUNNING);
    browser.seesInRow("mortal", "pid " + pid("mortal") + ",").seesInRow("mortal", "restarted once");
    // the very element that was there before: no page was loaded
    assertThat(row.isDisplayed()).isTrue();
  }

  @Test
  void buttonsStopAndStartAndRestart() {
    page("/").clickInRow("clicked", "Stop").seesInRow("clicked", "stopped");
    assertThat(state("clicked")).isEqualTo(ProcessState.STOPPED);

    browser.clickInRow("clicked", "Start").seesInRow("clicked", "running");
    assertThat(state("clicked")).isEqualTo(ProcessState.RUNNING);
    int pid = pid("clicked");

    browser.seesInRow("clicked", "pid " + pid + ",").clickInRow("clicked", "Restart");
    await().until(() -> pid("clicked") != pid && pid("clicked") != 0);
    browser.seesInRow("clicked", "pid " + pid("clicked") + ",");
  }

  @Test
  void keysFindAndStopAndStart() {
    page("/").press("/").press("typed").seesRows("typed");

    browser.press(Keys.ENTER).press("x").seesInRow("typed", "stopped");
    assertThat(state("typed")).isEqualTo(ProcessState.STOPPED);

    browser.press("s").seesInRow("typed", "running");
    assertThat(state("typed")).isEqualTo(ProcessState.RUNNING);
    browser
        .press("x")
        .seesInRow("typed", "stopped")
        .press("x")
        .seesInRow("typed", "Cannot stop it");
    browser.press("s").seesInRow("typed", "running");
  }

  @Test
  void theKeysAreListedByAQuestionMark() {
    page("/").press("?").sees("supervisord's own log").press(Keys.ESCAPE).seesNoMore("own log");
  }

  @Test
  void aStartThatIsRefusedIsExplainedInTheRow() {
    page("/")
        .sees("can't find command '/no/such/program'")
        .clickInRow("missing", "Start")
        .seesInRow("missing", "Could not start: no such file");
  }

  @Test
  void severalAreMarkedAndStoppedAtOnceButNotUnasked() {
    page("/").mark("first").mark("second").sees("2 programs marked");

    browser.press("x").sees("Stop 2 programs?").clickInDialog("Cancel").seesNoMore("Stop 2");
    assertThat(state("first")).isEqualTo(ProcessState.RUNNING);

    browser.press("x").sees("Stop 2 programs?").clickInDialog("Stop");
    browser.seesInRow("first", "stopped").seesInRow("second", "stopped");
    browser.press("s").seesInRow("first", "running").seesInRow("second", "running");
  }

  @Test
  void aGroupIsRolledByTheButtonBesideItsName() throws Exception {
    page("/").click("Roll").sees("Restart 3 programs of batch, one after the other?");
    browser.clickInDialog("Roll").sees("All of batch restarted");
    assertThat(state("batch:batch_2")).isEqualTo(ProcessState.RUNNING);
    server.supervisor().stopGroup("batch", true).toCompletableFuture().get();
  }

  @Test
  void filterSortAndFoldsAreRemembered() {
    page("/").click("batch").seesNoMore("batch_1");
    browser.press("/").press("m").seesRows(HOSTILE, "missing", "mortal");
    browser.click("Name").click("Name").seesRows("mortal", "missing", HOSTILE);
    browser.waitFor("the address to tell", () -> browser.address().contains("sort=-name"));

    browser.reload();
    browser.isLive().seesRows("mortal", "missing", HOSTILE);

    browser
        .press(Keys.ESCAPE)
        .click("Name")
        .seesRows(HOSTILE, "clicked", "first", "missing", "mortal", "second", "typed");
    browser.click("batch").sees("batch_1");
  }

  @Test
  void theNumbersOfTheSummaryFilter() {
    page("/").click("1 fatal").seesRows("missing");
    browser.waitFor("the address to tell", () -> browser.address().contains("state=fatal"));
    browser.click("1 fatal").sees("mortal");
  }

  @Test
  void aLinkLeadsOthersToTheSameRows() {
    page("/#state=stopped&sort=-name").seesRows("batch:batch_2", "batch:batch_1", "batch:batch_0");
  }

  @Test
  void aFilterThatNothingPassesSaysSo() {
    page("/").press("/").press("no such thing").sees("No program matches").click("Show all");
    browser.sees("mortal");
  }

  @Test
  void whatHappensStandsInTheEvents() {
    page("/").press("e").sees("Events").clickInRow("first", "Restart");
    browser.waitFor(
        "first to stop and to start",
        () -> {
          String text = browser.text();
          return text.contains("first stopping") && text.contains("first running");
        });
    browser.press("e");
  }

  @Test
  void aNameWithMarkupIsANameAndNothingElse() {
    page("/").seesInRow(HOSTILE, HOSTILE).clickInRow(HOSTILE, "Stop").seesInRow(HOSTILE, "stopped");
    browser.clickInRow(HOSTILE, "Log").sees("Following").press(Keys.ESCAPE);
    browser.clickInRow(HOSTILE, "Start").seesInRow(HOSTILE, "running");
    assertThat(browser.title()).doesNotContain("owned");
  }

  @Test
  void aGroupThatIsAddedAppearsAndOneThatIsRemovedGoes() {
    page("/").sees("batch_1");
    server.supervisor().removeGroup("batch").toCompletableFuture().join();
    browser.seesNoMore("batch_1");

    server.supervisor().addGroup("batch").toCompletableFuture().join();
    browser.sees("batch_1").clickInRow("batch:batch_1", "Start");
    browser.seesInRow("batch:batch_1", "running").clickInRow("batch:batch_1", "Stop");
    browser.seesInRow("batch:batch_1", "stopped");
  }

  @Test
  void theThemeIsChosenByAKeyAndRemembered() {
    page("/").press("t").press("t");
    browser.waitFor("dark", () -> browser.isDark());
    browser.reload();
    assertThat(browser.isLive().isDark()).isTrue();
    browser.press("t");
  }
}
