package ee.supervisor.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
          "cron",
          "killwaitsecs",
          "liveness_check_success_action",
          "syslog_facility",
          "syslog_tag",
          "syslog_stdout_priority",
          "syslog_stderr_priority");

  private static final List<String> LOGFILES = List.of("stdout_logfile", "stderr_logfile");
  private static final List<String> HOOKS = List.of("pre_start_hook", "pre_stop_hook");

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

  private static void warnOfValues(
      IniDocument document,
      String section,
      List<String> options,
      Predicate<String> which,
      String words,
      List<String> warnings) {
    for (String option : options) {
      document
          .get(section, option)
          .filter(which)
          .ifPresent(
              value -> warnings.add("%s=%s in [%s]: %s".formatted(option, value, section, words)));
    }
  }

  /** Whether Go's supervisord would send it elsewhere than to one file of that name. */
  private static boolean isNoFile(String value) {
    List<String> parts = Stream.of(value.split(",")).map(WhiteSpace::strip).toList();
    return parts.stream().anyMatch(part -> part.startsWith("syslog @"))
        || (parts.size() > 1
            && parts.stream().anyMatch(part -> part.equals("syslog") || part.startsWith("/dev/")));
  }

  /** The command that a hook is: Go's may also be a request, which is none here. */
  static Optional<String> command(String hook) {
    String stripped = WhiteSpace.strip(hook);
    if (isRequest(stripped)) {
      return Optional.empty();
    }
    return Optional.of(
        stripped.startsWith(CheckTarget.SCRIPT)
            ? stripped.substring(CheckTarget.SCRIPT.length())
            : hook);
  }

  private static boolean isRequest(String hook) {
    return Stream.of("http://", "https://", "tcp://").anyMatch(hook::startsWith);
  }

  /** Warns of each option that is not honoured, once, with the sections that have it. */
  static void warn(IniDocument document, List<String> warnings) {
    List<String> programs =
        document.sections().stream().filter(name -> name.startsWith(PROGRAM)).toList();
    for (String section : programs) {
      warnOfValues(
          document,
          section,
          LOGFILES,
          GoOptions::isNoFile,
          "several files or a remote syslog, as Go's supervisord has them, are not supported here;"
              + " it is taken for the name of one file",
          warnings);
      warnOfValues(
          document,
          section,
          HOOKS,
          value -> isRequest(WhiteSpace.strip(value)),
          "a hook that is a request, as Go's supervisord has it, is not supported here and is left"
              + " out",
          warnings);
    }
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
