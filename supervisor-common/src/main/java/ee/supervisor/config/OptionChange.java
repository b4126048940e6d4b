package ee.supervisor.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One option with another value than before, as an operator may see it.
 *
 * @param option its name; {@code environment NAME} for one of the variables
 * @param before its value so far, empty where it was not set; secrets are hidden
 * @param after its value from now on, empty where it is not set; secrets are hidden
 */
public record OptionChange(String option, Optional<String> before, Optional<String> after) {

  /**
   * What makes two configurations of a process differ, by {@link ProcessConfig#sameAs}: empty when
   * a running process may go on as it is.
   */
  public static List<OptionChange> between(ProcessConfig before, ProcessConfig after) {
    ProcessConfig comparedBefore = before.comparedFor(after);
    ProcessConfig comparedAfter = after.comparedFor(after);
    List<OptionChange> changes = new ArrayList<>();
    for (Option<ProcessConfig, ?> option : Options.ofPrograms()) {
      if (option.equals(Options.ENVIRONMENT)) {
        addVariables(changes, before.execution().environment(), after.execution().environment());
      } else if (option instanceof ShownOption<ProcessConfig, ?> shown
          && !Objects.equals(shown.valueIn(comparedBefore), shown.valueIn(comparedAfter))) {
        changes.add(of(shown, before, after));
      }
    }
    return List.copyOf(changes);
  }

  /** What makes two configurations of a group differ, its processes aside. */
  public static List<OptionChange> between(GroupConfig before, GroupConfig after) {
    List<OptionChange> changes = new ArrayList<>();
    add(changes, "type", type(before), type(after));
    add(
        changes,
        Options.GROUP_PRIORITY.name(),
        Long.toString(before.priority()),
        Long.toString(after.priority()));
    if (before instanceof GroupConfig.EventListeners old
        && after instanceof GroupConfig.EventListeners next) {
      for (Option<GroupConfig.EventListeners, ?> option : Options.ofEventListeners()) {
        if (option instanceof ShownOption<GroupConfig.EventListeners, ?> shown
            && !Objects.equals(shown.valueIn(old), shown.valueIn(next))) {
          changes.add(of(shown, old, next));
        }
      }
    } else if (before instanceof GroupConfig.FastCgi old
        && after instanceof GroupConfig.FastCgi next) {
      add(changes, Options.SOCKET_URL.name(), old.socket().url(), next.socket().url());
    }
    return List.copyOf(changes);
  }

  private static String type(GroupConfig group) {
    if (group instanceof GroupConfig.EventListeners) {
      return "eventlistener";
    }
    return group instanceof GroupConfig.FastCgi ? "fcgi-program" : "program";
  }

  private static void add(List<OptionChange> changes, String option, String before, String after) {
    if (!before.equals(after)) {
      changes.add(new OptionChange(option, Optional.of(before), Optional.of(after)));
    }
  }

  private static <C> OptionChange of(ShownOption<C, ?> option, C before, C after) {
    return new OptionChange(option.name(), text(option, before), text(option, after));
  }

  private static <C> Optional<String> text(ShownOption<C, ?> option, C config) {
    return option.valueIn(config) == null && option.absence().value().isEmpty()
        ? Optional.empty()
        : Optional.of(Secrets.shown(option.name(), option.text(config)));
  }

  private static void addVariables(
      List<OptionChange> changes, Map<String, String> before, Map<String, String> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        changes.add(
            new OptionChange(
                Options.ENVIRONMENT.name() + " " + name,
                Optional.ofNullable(before.get(name)).map(value -> Secrets.shown(name, value)),
                Optional.ofNullable(after.get(name)).map(value -> Secrets.shown(name, value))));
      }
    }
  }
}
