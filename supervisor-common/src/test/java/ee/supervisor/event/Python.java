package ee.supervisor.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.text.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs Debian's Python with the reference Supervisor's modules, to ask it what is right. */
public final class Python {
  private static final String INTERPRETER = "/usr/bin/python3";

  private Python() {}

  /** Output of a run that must succeed. */
  public static String run(String... arguments) throws IOException, InterruptedException {
    return feed(Bytes.utf8(""), arguments);
  }

  /** Output of a run that must succeed and gets {@code input} on its stdin. */
  public static String feed(Bytes input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(INTERPRETER));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.redirectErrorStream(true);
    Process python = builder.start();
    try {
      Thread writer = new Thread(() -> write(python, input), "python-stdin");
      writer.start();
      String output = new String(python.getInputStream().readAllBytes(), UTF_8);
      writer.join();
      assertThat(python.waitFor()).as(output).isZero();
      return output;
    } finally {
      python.destroyForcibly();
    }
  }

  /** A script of this package's test resources. */
  public static String script(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(Python.class.getResource(name)).toURI()).toString();
  }

  private static void write(Process python, Bytes input) {
    try (OutputStream stdin = python.getOutputStream()) {
      stdin.write(input.toByteArray());
    } catch (IOException e) {
      // Its exit status and output tell why it did not read on.
      python.destroy();
    }
  }
}
