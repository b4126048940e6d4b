package ee.supervisor.ctl;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command on a terminal of its own, and stands for the operator in front of it. */
final class Screen implements AutoCloseable {
  static final String CTRL_C = "\u0003";
  static final String CTRL_D = "\u0004";
  static final String TAB = "\t";
  static final String UP = "\u001b[A";

  private final Process process;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private int seen;

  Screen(List<String> command) throws IOException {
    List<String> bridged = new ArrayList<>(List.of("python3"));
    bridged.add(Path.of("src/test/resources/pty_bridge.py").toAbsolutePath().toString());
    bridged.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(bridged).redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    process = builder.start();
    Thread reader = new Thread(this::read, "screen");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    byte[] buffer = new byte[4096];
    InputStream in = process.getInputStream();
    try {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        shown.write(buffer, 0, got);
      }
    } catch (IOException e) {
      shown.writeBytes(("screen is gone: " + e).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Types. */
  void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits until a text shows behind what was waited for before. */
  void sees(String text) {
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> plain().indexOf(text, seen) >= 0);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError("never saw \"" + text + "\" in: " + plain().substring(seen), e);
    }
    seen = plain().indexOf(text, seen) + text.length();
  }

  /** All that was shown, without colours and cursor movements. */
  String plain() {
    return raw().replaceAll("\u001b(\\[[0-9;?]*[A-Za-z]|[=>])|\r|\u0007", "");
  }

  /** All that was shown. */
  String raw() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  /** Waits for the command's end; its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("still runs: " + plain());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
