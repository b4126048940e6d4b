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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page where something is out of the ordinary: the browser, the server, the number of rows. */
@ExtendWith(OpenBrowser.class)
@Timeout(180)
@Requires(BROWSER)
class PageConditionsTest {

  private final Browser browser;

  PageConditionsTest(Browser browser) {
    this.browser = browser;
  }

  private static ProcessState state(DoorServer server, String name) {
    return server.supervisor().process(name).state();
  }

  private static DoorServer twoCats(Path directory, int port) throws Exception {
    DoorServer server =
        DoorServer.start(
            new TestConfiguration(directory)
                .inet()
                .program("cat", "/bin/cat")
                .program("dog", "/bin/sh -c 'echo \"<b>woof\"; exec cat'"),
            directory,
            port);
    await().until(() -> state(server, "dog") == ProcessState.RUNNING);
    return server;
  }

  @Test
  void withoutJavaScriptEverythingIsDoneByFormsAndLinks(@TempDir Path directory) throws Exception {
    try (Browser plain = Browser.withoutScripts();
        DoorServer server = twoCats(directory, 0)) {
      plain.visit(server, "/").sees("2 running").clickInRow("cat", "Stop");
      plain.sees("Process cat stopped").seesInRow("cat", "stopped").sees("1 stopped");
      assertThat(state(server, "cat")).isEqualTo(ProcessState.STOPPED);

      plain.clickInRow("cat", "Start").sees("Process cat started");
      plain.clickInRow("cat", "Restart").sees("Process cat restarted");
      plain.clickInRow("cat", "Clear log").sees("Log for cat cleared");
      plain.clickInRow("dog", "Log").sees("<b>woof").click("Back");
      plain.click("Stop all").sees("All stopped at").sees("2 stopped");
      plain.click("Start all").sees("All started at").sees("2 running");
      plain.click("Restart all").sees("All restarted at");
      plain.click("Refresh").sees("Page refreshed at");
      plain.hasNoComplaints();
    }
  }

  @Test
  void allAreStoppedAndStartedAfterAQuestion(@TempDir Path directory) throws Exception {
    try (DoorServer server = twoCats(directory, 0)) {
      browser.visit(server, "/").isLive().click("Stop all").sees("Stop all 2 programs?");
      browser.clickInDialog("Cancel").seesNoMore("Stop all 2");
      assertThat(state(server, "cat")).isEqualTo(ProcessState.RUNNING);

      browser.click("Stop all").clickInDialog("Stop all").sees("All stopped").sees("2 stopped");
      browser.click("Start all").sees("All started").sees("2 running");
      browser.hasNoComplaints();
    }
  }

  @Test
  void aLostConnectionIsToldAndComesBack(@TempDir Path one, @TempDir Path other) throws Exception {
    int port;
    try (DoorServer server = twoCats(one, 0)) {
      port = server.port();
      browser.visit(server, "/").isLive();
      browser.seesInRow("cat", "pid " + server.supervisor().process("cat").pid() + ",");
    }
    browser.sees("Connection lost.").sees("Not connected");

    try (DoorServer server = twoCats(other, port)) {
      browser.isLive().sees("Connected again").seesNoMore("Connection lost.");
      browser.seesInRow("cat", "pid " + server.supervisor().process("cat").pid() + ",");
      browser.clickInRow("cat", "Stop").seesInRow("cat", "stopped");
    }
  }

  @Test
  void aPhoneShowsAllWithoutScrollingSideways(@TempDir Path directory) throws Exception {
    try (Browser phone = Browser.open();
        DoorServer server =
            DoorServer.start(
                new TestConfiguration(directory)
                    .inet()
                    .program("cat", "/bin/cat")
                    .program(
                        "a-name-that-is-far-longer-than-a-phone-is-wide_".repeat(3), "/bin/cat")
                    .program("missing", "/no/such/directory/of/a/program/that/is/long"),
                directory)) {
      phone.becomePhone();
      phone.visit(server, "/").isLive().sees("1 fatal").seesInRow("cat", "running");
      assertThat(phone.sidewaysScroll()).isZero();

      phone.clickInRow("cat", "Log").sees("Following");
      assertThat(phone.sidewaysScroll()).isZero();
      phone.hasNoComplaints();
    }
  }

  @Test
  void aThousandProgramsAreFilteredAsOneTypes(@TempDir Path directory) throws Exception {
    try (DoorServer server =
        DoorServer.start(
            new TestConfiguration(directory).inet().fleet("fleet", 1000, "/bin/cat"), directory)) {
      browser.visit(server, "/").isLive().sees("1000 all").sees("0 of 1000 running");
      browser.press("/").press("_77").press("7").seesRows("fleet:fleet_777");

      browser.clickInRow("fleet:fleet_777", "Start").seesInRow("fleet:fleet_777", "running");
      browser.sees("1 running").sees("999 stopped");
      browser.hasNoComplaints();
    }
  }

  @Test
  void whoMayOnlyLookSeesEverythingAndNothingToDo(@TempDir Path directory) throws Exception {
    try (DoorServer server =
        DoorServer.start(
            new TestConfiguration(directory)
                .inet()
                .user("vera", "v", Role.VIEWER)
                .program("cat", "/bin/cat"),
            directory)) {
      browser.visitAs(server, "vera:v").isLive().seesInRow("cat", "running");
      assertThat(browser.text()).doesNotContain("Restart", "Stop", "Start");

      browser.press("j").press("x").sees("You may look, but not change anything.");
      browser.press("a").clickInRow("cat", "Log").sees("Following");
      assertThat(browser.text()).doesNotContain("Clear log", "marked");
      assertThat(state(server, "cat")).isEqualTo(ProcessState.RUNNING);
    }
  }

  @Test
  void withoutProgramsThePageTellsHowToAddOne(@TempDir Path directory) throws Exception {
    try (DoorServer server = DoorServer.start(new TestConfiguration(directory).inet(), directory)) {
      browser.visit(server, "/").isLive().sees("No programs to manage");
      browser.hasNoComplaints();
    }
  }
}
