package ee.supervisor.protocol;

import java.util.Optional;

/**
 * A name as operators write it: {@code process}, {@code group:process} or {@code group:*}
 * (supervisorctl's manual).
 *
 * @param group the group's name
 * @param process the process's name, empty for the whole group
 */
public record Namespec(String group, Optional<String> process) {

  /**
   * Reads a name; one without a colon is both group and process, {@code group:} and {@code group:*}
   * are the group.
   */
  public static Namespec parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new Namespec(text, Optional.of(text));
    }
    String process = text.substring(colon + 1);
    return new Namespec(
        text.substring(0, colon),
        process.isEmpty() || process.equals("*") ? Optional.empty() : Optional.of(process));
  }

  /** The shortest name: {@code name} alone where group and process share it. */
  public static String of(String group, String process) {
    return group.equals(process) ? process : group + ":" + process;
  }

  @Override
  public String toString() {
    return process.map(p -> of(group, p)).orElse(group + ":*");
  }
}
