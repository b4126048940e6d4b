package ee.supervisor.ctl.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds what an operator wrote behind {@code start}, {@code stop} and {@code restart}.
 *
 * @param names processes, groups, or {@code all}
 * @param timeout how long to wait for each, if it was given
 * @param others whether the option about those that depend on one another was given
 */
record Targets(List<String> names, Optional<Duration> timeout, boolean others) {
  private static final String OPTION = "--timeout";

  /**
   * Reads names and {@code --timeout SECONDS}, wherever it stands.
   *
   * @param aboutOthers the option about those that depend on one another, if the action has one
   * @throws IllegalArgumentException if the time is none; the message is for the operator
   */
  static Targets parse(String argument, Optional<String> aboutOthers) {
    List<String> names = new ArrayList<>();
    Optional<Duration> timeout = Optional.empty();
    boolean others = false;
    List<String> words = Words.of(argument);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(OPTION)) {
        i++;
        timeout = Optional.of(seconds(i < words.size() ? words.get(i) : ""));
      } else if (word.startsWith(OPTION + "=")) {
        timeout = Optional.of(seconds(word.substring(OPTION.length() + 1)));
      } else if (aboutOthers.filter(word::equals).isPresent()) {
        others = true;
      } else {
        names.add(word);
      }
    }
    return new Targets(names, timeout, others);
  }

  private static Duration seconds(String text) {
    try {
      int seconds = Integer.parseInt(text);
      if (seconds > 0) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new IllegalArgumentException(
        "Error: --timeout needs a number of seconds above 0, not '" + text + "'");
  }
}
