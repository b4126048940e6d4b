package ee.supervisor.web.page;

import static ee.supervisor.testing.Requirement.BROWSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.testing.Requires;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Programs that wait for others, on the pages in a real browser. */
@ExtendWith(OpenBrowser.class)
@Timeout(180)
@Requires(BROWSER)
class WaitingPageTest {
  private final Browser browser;

  WaitingPageTest(Browser browser) {
    this.browser = browser;
  }

  @Test
  void whatWaitsIsStartedWithoutWaitingOrNotAtAll(@TempDir Path directory) throws Exception {
    TestConfiguration configuration =
        new TestConfiguration(directory)
            .inet()
            .program("slow", "/bin/sleep 1000", 3600)
            .dependent("late", "/bin/cat", "slow")
            .dependent("never", "/bin/cat", "slow")
            .dependent("alone", "/bin/cat", "slow");
    try (DoorServer server = DoorServer.start(configuration, directory)) {
      browser.visit(server, "/").isLive().seesInRow("late", "waiting for slow to be running");
      browser.clickInRow("late", "Start now").seesInRow("late", "pid ");
      assertThat(server.supervisor().process("late").state()).isEqualTo(ProcessState.RUNNING);
      assertThat(server.supervisor().process("slow").state()).isEqualTo(ProcessState.STARTING);

      browser.clickInRow("never", "Stop");
      await().until(() -> server.supervisor().process("never").waitsFor().isEmpty());
      browser.seesInRow("never", "Not started");
      assertThat(server.supervisor().process("never").state()).isEqualTo(ProcessState.STOPPED);

      browser.visit(server, "/program.html?processname=alone").isLive();
      browser.sees("Waits for").click("Start now").sees("alone started");
      assertThat(server.supervisor().process("alone").state()).isEqualTo(ProcessState.RUNNING);
      browser.hasNoComplaints();
    }
  }
}
