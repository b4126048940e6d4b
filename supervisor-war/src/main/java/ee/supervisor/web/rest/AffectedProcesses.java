package ee.supervisor.web.rest;

import ee.supervisor.process.ProcessInfo;
import java.util.List;
import java.util.function.Predicate;

/** Whom a command to many would reach. */
final class AffectedProcesses {

  private AffectedProcesses() {}

  /** The ids of those of {@code processes} that {@code action} would do something to. */
  static List<String> of(String action, List<ProcessInfo> processes) {
    Predicate<ProcessInfo> reached =
        switch (action) {
          case "start" -> process -> !process.state().isRunning();
          case "stop" -> process -> process.state().isRunning();
          case "signal" -> process -> process.state().isSignallable();
          default -> process -> true;
        };
    return processes.stream().filter(reached).map(ProcessJson::id).toList();
  }
}
