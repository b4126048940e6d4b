package ee.supervisor.distribution;

import static ee.supervisor.testing.Requirement.CURL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types the examples of README and docs and compares what comes. A comment that readers do not see
 * stands before each block that is looked at:
 *
 * <ul>
 *   <li>{@code <!-- tour: run -->}: each line after a {@code $} is run, and has the output that
 *       stands below it. Numbers, days and months may be others; {@code ...} is the rest of a line,
 *       or on a line of its own the rest of the output.
 *   <li>{@code <!-- tour: await -->}: the same, of commands that may have to be repeated until
 *       something has happened.
 *   <li>{@code <!-- tour: file NAME -->}: the block is the content of that file.
 * </ul>
 *
 * <p>What is run that needs a supervisord finds one that was started as the README says.
 */
@Requires(CURL)
class TourTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile("<!-- tour: (run|await|file) ?(\\S*) -->\\n+((?: {4}.*\\n|\\n(?= {4}))+)");
  private static final String COMMAND = "$ ";
  private static final Pattern CHANGING =
      Pattern.compile(
          "\\d+|\\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\b"
              + "|\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\\b|\\b[AP]M\\b|\\bUTC\\b| *\\.\\.\\.$| +");

  /** For what is to come by itself: restarts, lines of a log. */
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private Tree tree;
  private Process supervisord;
  private int commands;

  /** As after the README's build, at a port of the test's own. */
  @BeforeEach
  void layOut() throws IOException {
    tree = new Tree(directory);
    Files.createDirectory(directory.resolve("conf"));
    Files.writeString(
        directory.resolve("conf/supervisord.conf"),
        here(Files.readString(ROOT.resolve("conf/supervisord.conf"))));
    Path target = Files.createDirectories(directory.resolve("distribution/target"));
    Files.createSymbolicLink(
        target.resolve("supervisor"), Tree.program("supervisord").getParent().getParent());
  }

  @AfterEach
  void stop() throws Exception {
    if (supervisord != null && supervisord.isAlive()) {
      tree.call("supervisor.shutdown");
      Tree.exitCode(supervisord);
    }
    tree.close();
    // JUnit warns of a link that leads out of its directory
    Files.delete(directory.resolve("distribution/target/supervisor"));
  }

  @Test
  void theExamplesDoWhatThePagesSay() throws Exception {
    for (Path page : LinksTest.pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        String text = block.group(3).replaceAll("(?m)^ {4}", "");
        if (block.group(1).equals("file")) {
          Files.writeString(directory.resolve(block.group(2)), here(text));
        } else {
          run(page.getFileName().toString(), text, block.group(1).equals("await"));
        }
      }
    }
    // a mark that is mistyped would go unnoticed
    assertThat(commands).isGreaterThanOrEqualTo(15);
  }

  private String here(String text) {
    return text.replace("9001", Integer.toString(tree.port()));
  }

  private void run(String page, String block, boolean repeat) throws Exception {
    if (block.contains("conf/supervisord.conf") || block.contains("9001")) {
      ensureRunning();
    }
    List<String> expected = new ArrayList<>();
    String command = "";
    for (String line : (block + COMMAND).lines().toList()) {
      if (line.startsWith(COMMAND.strip())) {
        if (!command.isEmpty()) {
          compare(page, command, expected, repeat);
        }
        command = line.substring(1).strip();
        expected.clear();
      } else {
        expected.add(line);
      }
    }
    if (block.contains(" shutdown")) {
      Tree.exitCode(supervisord);
    }
  }

  private void ensureRunning() throws IOException {
    if (supervisord == null || !supervisord.isAlive()) {
      // its programs write dates
      List<String> way = List.of("env", "LC_ALL=C.UTF-8", "TZ=UTC");
      supervisord = tree.awaited(tree.startBy(way, "-n", "-c", "conf/supervisord.conf"));
    }
  }

  private void compare(String page, String command, List<String> expected, boolean repeat)
      throws Exception {
    commands++;
    Pattern output = pattern(expected);
    String what = page + ": " + command;
    if (repeat && !command.startsWith("kill")) {
      await(what)
          .atMost(SOON)
          .untilAsserted(() -> assertThat(typed(command)).as(what).matches(output));
    } else {
      assertThat(typed(command)).as(what).matches(output);
    }
  }

  private String typed(String command) throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("/bin/sh", "-c", here(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("typed").toFile());
    shell
        .environment()
        .merge("PATH", Tree.program("").toString(), (path, programs) -> programs + ":" + path);
    shell.environment().put("LC_ALL", "C.UTF-8");
    Process process = shell.start();
    if (!process.waitFor(Tree.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + command);
    }
    return Files.readString(directory.resolve("typed")).stripTrailing();
  }

  private static Pattern pattern(List<String> expected) {
    StringBuilder pattern = new StringBuilder();
    for (String line : expected) {
      pattern.append(pattern.isEmpty() ? "" : "\\n").append(pattern(line));
    }
    return Pattern.compile(pattern.toString());
  }

  private static String pattern(String line) {
    if (line.equals("...")) {
      return "(?s:.*)";
    }
    StringBuilder pattern = new StringBuilder();
    Matcher changing = CHANGING.matcher(line);
    int from = 0;
    while (changing.find()) {
      pattern.append(Pattern.quote(line.substring(from, changing.start())));
      pattern.append(any(changing.group()));
      from = changing.end();
    }
    return pattern.append(Pattern.quote(line.substring(from))).toString();
  }

  private static String any(String example) {
    if (example.endsWith("...")) {
      return ".*";
    } else if (example.isBlank()) {
      return " +";
    }
    return Character.isDigit(example.charAt(0)) ? "\\d+" : "\\w+";
  }
}
