package ee.supervisor.launcher;

import ee.supervisor.host.PipedConfig;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.Environment;
import ee.supervisor.posix.ReportingProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The command line of this JVM, with options added: for another one, or for this process anew. */
final class JvmCommand {
  private static final String PROGRAM = "-Dsupervisord.program=";

  private final List<String> arguments;

  private JvmCommand(List<String> arguments) {
    this.arguments = arguments;
  }

  /** As this JVM was started. */
  static JvmCommand ofThisJvm() throws IOException {
    return new JvmCommand(new ArrayList<>(CurrentProcess.commandLine()));
  }

  /** Adds an option of the JVM; it wins over those of the start script. */
  JvmCommand with(String option) {
    arguments.add(arguments.indexOf("-jar"), option);
    return this;
  }

  /**
   * Has ps(1) show it as that of a script, which supervisord is for the reference: interpreter,
   * script, its arguments. What looks for a process by that (pidof -x, pgrep -f "supervisord -n")
   * finds it. The JVM's options come last, and the script's name, one of them, loses its equals
   * sign: all takes as much room as it did.
   */
  void show() throws IOException {
    int jar = arguments.indexOf("-jar") + 1;
    List<String> options = new ArrayList<>(arguments.subList(1, jar + 1));
    int program =
        IntStream.range(0, jar)
            .filter(i -> options.get(i).startsWith(PROGRAM))
            .findFirst()
            .orElse(-1);
    if (program < 0) {
      return; // not started by bin/supervisord
    }
    List<String> shown = new ArrayList<>();
    shown.add(arguments.get(0));
    shown.add(options.get(program).substring(PROGRAM.length()));
    shown.addAll(arguments.subList(jar + 1, arguments.size()));
    options.set(program, PROGRAM.substring(0, PROGRAM.length() - 1));
    shown.addAll(options);
    CurrentProcess.showCommandLine(shown);
  }

  /** Starts another JVM, which reports by a descriptor of its own. */
  ReportingProcess start() throws IOException {
    return ReportingProcess.start(CurrentProcess.program(), arguments, environment());
  }

  /** Becomes it, as the same process. Returns only by an exception. */
  void exec() throws IOException {
    CurrentProcess.exec(CurrentProcess.program(), arguments, environment());
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>(Environment.ofThisJvm());
    environment.putAll(PipedConfig.handOver());
    return environment;
  }
}
