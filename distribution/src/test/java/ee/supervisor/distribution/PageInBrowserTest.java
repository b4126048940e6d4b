package ee.supervisor.distribution;

import static ee.supervisor.testing.Requirement.BROWSER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import ee.supervisor.web.page.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page comes out of the built tree, scripts and all, and a real browser runs it. */
@Requires(BROWSER)
class PageInBrowserTest {

  @Test
  void theScriptsOfThePageRunInABrowser(@TempDir Path directory) throws Exception {
    Path chromium = Chromium.program();
    try (Tree tree = new Tree(directory)) {
      tree.configure("[program:cat]\ncommand = /bin/cat\nstartsecs = 0\n");
      tree.startAndAwait();
      tree.awaitPage();

      // what no server draws: the numbers of the summary as buttons that filter
      assertThat(shown(chromium, directory, "http://127.0.0.1:" + tree.port() + "/"))
          .containsPattern("<button[^>]*data-filter=\"RUNNING\"[^>]*><b>1</b> running</button>");
    }
  }

  @Test
  void theGraphShowsWhoNeedsWhomAndWhatTheStartUpWasDueTo(@TempDir Path directory)
      throws Exception {
    Path chromium = Chromium.program();
    try (Tree tree = new Tree(directory)) {
      tree.configure(
          """
          [program:db]
          command = /bin/cat
          [program:app]
          command = /bin/cat
          startsecs = 0
          depends_on = db
          [program:other]
          command = /bin/cat
          startsecs = 0
          """);
      tree.startAndAwait();
      tree.awaitPage();
      await()
          .atMost(Tree.PATIENCE)
          .until(() -> tree.call("supervisor.getProcessInfo", "app").contains("RUNNING"));

      assertThat(shown(chromium, directory, "http://127.0.0.1:" + tree.port() + "/graph.html"))
          .contains("Start-up took", "<b>db</b> 1.", "app needs db running")
          .containsPattern("class=\"node good critical\" data-process=\"app\"")
          .containsPattern("data-process=\"other\">other running");
    }
  }

  @Test
  void aProgramHasItsPageAndAnUpdateItsPlan(@TempDir Path directory) throws Exception {
    Path chromium = Chromium.program();
    try (Tree tree = new Tree(directory)) {
      tree.configure(
          """
          [program:cat]
          command = /bin/cat
          startsecs = 0
          environment = API_TOKEN="swordfish",COLOUR="teal"
          """);
      tree.startAndAwait();
      tree.awaitPage();
      String server = "http://127.0.0.1:" + tree.port();

      assertThat(shown(chromium, directory, server + "/program.html?processname=cat"))
          // what scripts draw, what the log tells, and how it is configured
          .contains("<figcaption><span>CPU</span>", "spawned: 'cat' with pid", "teal")
          .contains("<dt>environment API_TOKEN</dt><dd>***</dd>")
          .doesNotContain("swordfish");
      assertThat(shown(chromium, directory, server + "/plan.html"))
          .contains("Nothing: all programs are as the configuration has them.");
    }
  }

  /** The page as it stands after its scripts have run. */
  private static String shown(Path chromium, Path directory, String address) throws Exception {
    Path dumped = directory.resolve("dumped.html");
    List<String> command = new ArrayList<>();
    command.add(chromium.toString());
    command.addAll(Chromium.ARGUMENTS);
    command.addAll(
        List.of("--user-data-dir=" + directory.resolve("profile"), "--dump-dom", address));
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(dumped.toFile())
            .redirectError(directory.resolve("chromium.log").toFile())
            .start();
    try {
      assertThat(browser.waitFor(Tree.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      browser.destroyForcibly().waitFor();
    }
    return Files.readString(dumped, UTF_8);
  }
}
