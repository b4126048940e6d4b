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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program's own page, and the plan of an update, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OpenBrowser.class)
@Timeout(180)
@Requires(BROWSER)
class ProgramPageTest {
  private final Browser browser;
  private TestConfiguration configuration;
  private DoorServer server;

  ProgramPageTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    configuration =
        new TestConfiguration(directory)
            .inet()
            .user("ada", "a", Role.ADMIN)
            .user("olga", "o", Role.OPERATOR)
            .user("vera", "v", Role.VIEWER)
            .program("cat", "/bin/cat")
            .program(
                "secretive",
                "/bin/cat --password=hunter2",
                Map.of("DB_PASSWORD", "swordfish", "COLOUR", "teal", "HOME_<b>", "<i>"))
            .program("mortal", "/bin/sh -c 'exit 3'")
            .dependent("app", "/bin/cat", "cat")
            .fleet("batch", 2, "/bin/cat");
    server = DoorServer.start(configuration, directory);
    await().until(() -> state("app") == ProcessState.RUNNING);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ProcessState state(String name) {
    return server.supervisor().process(name).state();
  }

  private Browser as(String credentials, String path) {
    browser.visitAs(server, credentials).isLive();
    return browser.visit(server, path);
  }

  private Browser program(String credentials, String name) {
    return as(credentials, "/program.html?processname=" + name).isLive();
  }

  @Test
  void theListLeadsToIt() {
    as("ada:a", "/").isLive().clickInRow("cat", "Details").isLive().sees("Configuration");
    assertThat(browser.address()).endsWith("/program.html?processname=cat");
    browser.sees("Needed by").click("app").sees("Needs").sees("depends_on");
    browser.hasNoComplaints();
  }

  @Test
  void whatHappensIsSeenWithoutLoadingIt() throws Exception {
    program("olga:o", "batch:batch_0").sees("Not started").sees("tells nothing of it");
    browser.click("Start").sees("batch:batch_0 started").sees("running").sees("spawned: 'batch_0'");
    browser.sees("highest");
    int pid = server.supervisor().process("batch:batch_0").pid();

    new ProcessBuilder("/bin/sh", "-c", "kill -9 " + pid).start().waitFor();

    browser.sees("exited: batch_0 (terminated by SIGKILL; not expected)");
    await().until(() -> state("batch:batch_0") == ProcessState.RUNNING);
    browser.click("Stop").sees("batch:batch_0 stopped").sees("stopped: batch_0");
    browser.hasNoComplaints();
  }

  @Test
  void howItEndedBeforeAndWhyIsInItsHistory() {
    await()
        .until(
            () -> state("mortal") == ProcessState.EXITED || state("mortal") == ProcessState.FATAL);
    program("vera:v", "mortal").sees("exited: mortal (exit status 3; not expected)");
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.text()).doesNotContain("Start\n", "Clear log", "swordfish");
  }

  @Test
  void secretsAreMaskedAndOtherValuesAreForAdmins() {
    program("ada:a", "secretive").sees("teal").sees("DB_PASSWORD").sees("HOME_<b>");
    assertThat(browser.text()).doesNotContain("swordfish", "hunter2").contains("--password=***");

    program("vera:v", "secretive").sees("environment COLOUR");
    assertThat(browser.text()).doesNotContain("swordfish", "hunter2", "teal");
  }

  @Test
  void onAPhoneNothingIsCutOff() {
    program("ada:a", "secretive");
    browser.becomePhone();
    try {
      assertThat(browser.sidewaysScroll()).isZero();
    } finally {
      browser.becomeWindow();
    }
  }

  @Test
  void thePlanTellsWhatAnUpdateDoesAndTheButtonDoesIt() {
    as("ada:a", "/").isLive().click("Plan").sees("Nothing:");
    configuration.program("added", "/bin/cat");

    browser.click("Read again").sees("added").sees("will be started");
    assertThat(server.supervisor().processes()).noneMatch(one -> one.name().equals("added"));
    assertThat(browser.barriers()).isEmpty();
    browser.click("Update").sees("Updated at").seesInRow("added", "running");
  }

  @Test
  void thePlanIsForAdmins() {
    as("olga:o", "/plan.html").sees("plan is not for you").sees("takes the role admin");
    browser.visit(server, "/").isLive();
    assertThat(List.of(browser.text().split("\\s"))).doesNotContain("Plan");
  }
}
