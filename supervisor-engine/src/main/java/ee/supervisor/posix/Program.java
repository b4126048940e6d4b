package ee.supervisor.posix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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

  private static final String TELL_PID = "p=\"$1=$$\"; shift; exec /usr/bin/env \"$p\" \"$@\"";

  private static final Pattern SAFE_IN_SHELL =
      Pattern.compile("(?!(PWD|OLDPWD|PPID|IFS|OPTIND|PS[124]|ENV|_|p)$)[A-Za-z_][A-Za-z0-9_]*");

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
   * The same, with its process id in a variable: a shell, which is replaced by the program, puts it
   * there. A shell drops variables whose names are none to it and sets some of its own, so those go
   * around it.
   */
  Program withPidIn(String variable) {
    String program = searchName();
    if (program.contains("=")) {
      return this; // env(1) would take it for a variable
    }
    Map<String, String> inherited = new LinkedHashMap<>();
    List<String> argv = new ArrayList<>(List.of("sh", "-c", TELL_PID, "sh", variable));
    environment.forEach(
        (name, value) -> {
          if (SAFE_IN_SHELL.matcher(name).matches()) {
            inherited.put(name, value);
          } else {
            argv.add(name + "=" + value);
          }
        });
    argv.add(program);
    argv.addAll(arguments());
    return new Program("/bin/sh", argv, inherited);
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
