package ee.supervisor.ctl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs supervisorctl as a process of its own, out of the classes under test. */
final class Ctl {

  /**
   * What a run left.
   *
   * @param exit its exit code
   * @param out what it wrote to standard output
   * @param err what it wrote to standard error
   */
  record Result(int exit, String out, String err) {}

  private Ctl() {}

  /** The command that runs supervisorctl, on a terminal or in a pipe. */
  static List<String> command(boolean onTerminal, List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    // whoever runs the tests in the background has them ignore Ctrl-C, and all they start
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.add("-Dee.supervisor.terminals=" + (onTerminal ? "01" : ""));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Supervisorctl.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts it in a pipe. */
  static Process start(String... arguments) throws IOException {
    return new ProcessBuilder(command(false, List.of(), arguments)).start();
  }

  /** Runs it to its end, with nothing to read. */
  static Result run(String... arguments) throws Exception {
    return run("", List.of(), arguments);
  }

  /** Runs it to its end. */
  static Result run(String input, List<String> jvmOptions, String... arguments) throws Exception {
    Process process = new ProcessBuilder(command(false, jvmOptions, arguments)).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("supervisorctl hangs: " + out);
    }
    return new Result(process.exitValue(), out, err);
  }
}
