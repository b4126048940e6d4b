package ee.supervisor.web.page;

import static ee.supervisor.testing.Requirement.BROWSER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.posix.Bytes;
import ee.supervisor.testing.Requires;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page's log viewer in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OpenBrowser.class)
@Timeout(180)
@Requires(BROWSER)
class LogViewerTest {
  /** Fifty lines every twentieth of a second. */
  private static final String THOUSAND_A_SECOND =
      "/bin/sh -c 'i=0; while :; do n=0; while [ $n -lt 50 ]; do i=$((i+1)); n=$((n+1));"
          + " echo line $i of many; done; sleep 0.05; done'";

  private final Browser browser;
  private TestConfiguration configuration;
  private DoorServer server;

  LogViewerTest(Browser browser) {
    this.browser = browser;
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    configuration =
        new TestConfiguration(directory)
            .inet()
            .program("echo", "/bin/cat")
            .program("search", "/bin/cat")
            .program("hostile", "/bin/cat")
            .program("clear", "/bin/cat")
            .program("both", "/bin/sh -c 'echo said; echo moaned >&2; exec sleep 1000'")
            .program("many", THOUSAND_A_SECOND);
    server = DoorServer.start(configuration, directory);
  }

  @AfterEach
  void nothingWasWrong() {
    browser.hasNoComplaints();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void say(String program, String text) {
    server.supervisor().sendProcessStdin(program, Bytes.utf8(text)).toCompletableFuture().join();
  }

  private Browser log(String program) {
    return browser.visit(server, "/").isLive().clickInRow(program, "Log").sees("Following");
  }

  @Test
  void aLogIsFollowed() {
    say("echo", "before\n");
    log("echo").sees("before");
    say("echo", "after\nand no end yet");
    browser.sees("after").sees("and no end yet");
    say("echo", ", now\n");
    browser.waitFor("the line to end", () -> browser.lastLogLine().equals("and no end yet, now"));
    browser.press(Keys.ESCAPE).seesNoMore("Following");
    assertThat(browser.address()).doesNotContain("log=");
  }

  @Test
  void bothChannelsCanBeRead() {
    log("both").sees("said").click("stderr").sees("moaned").seesNoMore("said");
    assertThat(browser.address()).contains("stderr");
    browser.reload();
    browser.sees("moaned").press("1").sees("said");
  }

  @Test
  void markupAndControlSequencesAreTextAndColours() {
    log("hostile");
    say(
        "hostile",
        "<script>document.title='owned'</script> \u001b[31mred\u001b[0m plain"
            + " \u001b]0;owned\u0007\u001b[2J\u001b[Kdone\n"
            + "10%\r50%\r100%\n");
    browser.sees("<script>document.title='owned'</script> red plain done").sees("100%");
    assertThat(browser.text()).doesNotContain("50%");
    assertThat(browser.colourOf("red")).isNotEqualTo(browser.colourOf("100%"));
    assertThat(browser.title()).doesNotContain("owned");
  }

  @Test
  void aThousandLinesASecondAreKeptUpWith() {
    log("many");
    browser.waitFor("as many lines as are kept", () -> browser.logLines() >= 5000);

    browser.waitFor(
        "the page to be less than a second behind",
        () -> number(browser.lastLogLine()) > lastWritten() - 1000);
    assertThat(browser.logLines()).isLessThan(5200);
  }

  @Test
  void aPausedLogStaysAsItIsAndTellsHowMuchCame() {
    log("many");
    browser.waitFor("lines", () -> number(browser.lastLogLine()) > 0);
    browser.press("p").sees("Paused");
    String last = browser.lastLogLine();

    browser.sees("new lines");
    assertThat(browser.lastLogLine()).isEqualTo(last);

    browser.press("p").sees("Following");
    browser.waitFor("it to go on", () -> number(browser.lastLogLine()) > number(last));
  }

  @Test
  void aTextIsSearchedForwardsAndBackwards() {
    say("search", lines(1, 300));
    log("search").sees("number 300.").press("/").press("7.").sees("30 of 30");

    browser.press(Keys.ENTER).sees("1 of 30").sees("Paused").seesOnScreen("number 7.");
    browser.press(Keys.SHIFT, Keys.ENTER).sees("30 of 30").seesOnScreen("number 297.");
    browser.press(Keys.ESCAPE).press("p").sees("Following");
    browser.press("/").press("none such").sees("no match");
  }

  @Test
  void whatComesIsFoundToo() {
    log("search").press("/").press("needle").sees("no match");
    say("search", "hay\nneedle\n");
    browser.sees("1 of 1");
  }

  @Test
  void aLogIsClearedAfterAQuestion() throws Exception {
    say("clear", "old\n");
    log("clear")
        .sees("old")
        .click("Clear log")
        .sees("Clear the logs of clear")
        .clickInDialog("Clear");
    browser.seesNoMore("old");
    assertThat(Files.size(configuration.log("clear", "stdout"))).isZero();
    say("clear", "new\n");
    browser.sees("new");
  }

  @Test
  void supervisordsOwnLogIsThere() {
    browser.visit(server, "/").isLive().press("L").sees("spawned: 'echo'");
  }

  private static String lines(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(i -> "number " + i + ".\n")
        .collect(Collectors.joining());
  }

  private int lastWritten() throws IOException {
    String text = Files.readString(configuration.log("many", "stdout"), UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n'));
    return number(whole.substring(whole.lastIndexOf('\n') + 1));
  }

  private static int number(String line) {
    return line.matches("line \\d+ of many") ? Integer.parseInt(line.split(" ", -1)[1]) : 0;
  }
}
