package ee.supervisor.posix;

import java.util.List;
import java.util.Map;

/**
 * What execve(2) takes.
 *
 * @param file the program's path
 * @param argv its arguments, its own name first
 * @param environment all its variables
 */
record Program(String file, List<String> argv, Map<String, String> environment) {
  /** Writes Supervisor's two lines to stderr, and exits as its failed children do. */
  private static final String STAND_IN =
      "printf 'supervisor: %s\\nsupervisor: child process was not spawned\\n' \"$1\" >&2; exit 127";

  /**
   * The name by which execvp(3), with this environment, finds the program again: as it was written,
   * so that argv[0] stays, unless there is no PATH to search.
   */
  String searchName() {
    return environment.containsKey("PATH") ? argv.get(0) : file;
  }

  /** What comes after its own name. */
  List<String> arguments() {
    return argv.subList(1, argv.size());
  }

  /**
   * A child in place of one that could not be: Supervisor forks first and fails in the child, so
   * clients see a process id, a line on stderr and an exit status.
   *
   * @param complaint the line, without the word supervisor before it
   */
  static Program standIn(String complaint) {
    return new Program("/bin/sh", List.of("sh", "-c", STAND_IN, "sh", complaint), Map.of());
  }
}
