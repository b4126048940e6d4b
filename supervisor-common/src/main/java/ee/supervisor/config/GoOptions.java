package ee.supervisor.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What files for Go's supervisord (github.com/ochinchina/supervisord) have and Supervisor's have
 * not: defaults for all programs, which are honoured, and options that are not, which are warned
 * of.
 */
final class GoOptions {
  private static final String DEFAULTS = "program-default";
  private static final String PROGRAM = "program:";

  /** Options of programs that mean something there and nothing here. */
  private static final List<String> NOT_HONOURED =
      List.of(
          "envfiles",
          "restart_when_binary_changed",
          "restart_cmd_when_binary_changed",
          "restart_signal_when_binary_changed",
          "restart_directory_monitor",
          "restart_file_pattern",
          "restart_cmd_when_file_changed",
          "restart_signal_when_file_changed",
          "cron");

  private GoOptions() {}

  /**
   * Takes what {@code [program-default]} says as if each program said it that does not say
   * otherwise.
   */
  static void apply(IniDocument document) {
    if (document.has(DEFAULTS)) {
      document.inherit(PROGRAM, DEFAULTS);
    }
  }

  /** Warns of each option that is not honoured, once, with the sections that have it. */
  static void warn(IniDocument document, List<String> warnings) {
    List<String> programs =
        document.sections().stream().filter(name -> name.startsWith(PROGRAM)).toList();
    for (String option : NOT_HONOURED) {
      Set<String> where = new TreeSet<>();
      for (String section : programs) {
        if (document.get(section, option).isPresent()) {
          where.add("[" + section + "]");
        }
      }
      if (!where.isEmpty()) {
        warnings.add(
            "%s of Go's supervisord is not supported here and has no effect, in %s"
                .formatted(option, String.join(", ", where)));
      }
    }
  }
}
