package ee.supervisor.web.page;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The browser of this machine, and how tests start it: for tests of other modules too. */
public final class Chromium {
  /** Without a screen, and without a word to anybody but the server under test. */
  public static final List<String> ARGUMENTS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage");

  private Chromium() {}

  /** Where it is. */
  public static Path program() {
    return onPath("chromium");
  }

  /** Where the program is that Selenium drives it by. */
  static Path driver() {
    return onPath("chromedriver");
  }

  private static Path onPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
