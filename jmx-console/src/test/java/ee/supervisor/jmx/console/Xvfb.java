package ee.supervisor.jmx.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;

/** An X server without a screen, for a test that shows windows. */
final class Xvfb implements AutoCloseable {
  private final Process process;
  private final String display;

  private Xvfb(Process process, String display) {
    this.process = process;
    this.display = display;
  }

  /** Starts one on a display number that is free. */
  static Xvfb start() throws IOException {
    Process process =
        new ProcessBuilder(
                "Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(US_ASCII)) {
      return new Xvfb(process, ":" + out.readLine());
    }
  }

  /** Value for DISPLAY. */
  String display() {
    return display;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
