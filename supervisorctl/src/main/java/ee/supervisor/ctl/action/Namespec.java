package ee.supervisor.ctl.action;

import java.util.Optional;

/**
 * Names a process, or all processes of a group.
 *
 * @param group the group's name
 * @param process the process' name within its group, or empty for all
 */
record Namespec(String group, Optional<String> process) {

  /**
   * Reads what an operator typed.
   *
   * @param text {@code NAME}, {@code GROUP:NAME}, {@code GROUP:*} or {@code GROUP:}
   */
  static Namespec parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new Namespec(text, Optional.of(text));
    }
    String process = text.substring(colon + 1);
    boolean all = process.isEmpty() || "*".equals(process);
    return new Namespec(text.substring(0, colon), all ? Optional.empty() : Optional.of(process));
  }

  /** The short form: a process that is named as its group is shown by one name. */
  static String text(String group, String process) {
    return group.equals(process) ? process : group + ":" + process;
  }

  /** The short form; the reference says {@code None} where a whole group stands for a process. */
  String text() {
    return text(group, process.orElse("None"));
  }
}
