package ee.supervisor.config;

import java.util.Optional;

/**
 * Names processes in an option: those of a program, one of a group, or all of a group.
 *
 * @param group the group they are in; empty where a program is named
 * @param name the program's name, or that of a process in the group; empty for all of the group
 */
public record ProcessSelector(Optional<String> group, Optional<String> name) {
  private static final String ALL = "*";

  /** Reads {@code program}, {@code group:process} or {@code group:*}. */
  static ProcessSelector parse(String text) throws ConfigException {
    int colon = text.indexOf(':');
    String group = colon < 0 ? "" : text.substring(0, colon);
    String name = text.substring(colon + 1);
    if (name.isEmpty() || name.contains(":") || colon == 0 || (colon < 0 && name.equals(ALL))) {
      throw new ConfigException(
          "'%s' names no program: it has to be program, group:process or group:*".formatted(text));
    }
    return new ProcessSelector(
        colon < 0 ? Optional.empty() : Optional.of(group),
        name.equals(ALL) ? Optional.empty() : Optional.of(name));
  }

  /**
   * Whether a process is one of those named.
   *
   * @param of the name of its group
   */
  public boolean matches(String of, ProcessConfig process) {
    if (group.isPresent()) {
      return group.get().equals(of) && name.map(process.name()::equals).orElse(true);
    }
    return name.equals(Optional.of(process.relations().program()));
  }

  @Override
  public String toString() {
    return group.map(g -> g + ":").orElse("") + name.orElse(ALL);
  }
}
