package ee.supervisor.launcher;

import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.Environment;
import ee.supervisor.posix.ReportingProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The command line of this JVM, with options added: for another one, or for this process anew. */
final class JvmCommand {
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

  /** Starts another JVM, which reports by a descriptor of its own. */
  ReportingProcess start() throws IOException {
    return ReportingProcess.start(CurrentProcess.program(), arguments, Environment.ofThisJvm());
  }

  /** Becomes it, as the same process. Returns only by an exception. */
  void exec() throws IOException {
    CurrentProcess.exec(CurrentProcess.program(), arguments, Environment.ofThisJvm());
  }
}
