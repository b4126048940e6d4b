package ee.supervisor.ctl.action;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Holds what an operator wrote behind {@code roll}.
 *
 * @param names processes, groups, or {@code all}
 * @param batch how many processes are to be restarted at a time, if it was said
 * @param timeout seconds within which each has to be ready, if it was said
 */
record RollArguments(List<String> names, OptionalInt batch, OptionalInt timeout) {

  /**
   * Reads names, {@code --batch NUMBER} and {@code --timeout SECONDS}, wherever they stand.
   *
   * @throws IllegalArgumentException for an option that is none; the message is for the operator
   */
  static RollArguments parse(String argument) {
    List<String> names = new ArrayList<>();
    OptionalInt batch = OptionalInt.empty();
    OptionalInt timeout = OptionalInt.empty();
    for (Iterator<String> words = Words.of(argument).iterator(); words.hasNext(); ) {
      String word = words.next();
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      switch (option) {
        case "--batch" -> batch = number(option, "processes", word, equals, words);
        case "--timeout" -> timeout = number(option, "seconds", word, equals, words);
        default -> {
          if (word.startsWith("--")) {
            throw new IllegalArgumentException(
                "Error: roll has no option " + option + "; it has --batch and --timeout");
          }
          names.add(word);
        }
      }
    }
    return new RollArguments(names, batch, timeout);
  }

  private static OptionalInt number(
      String option, String unit, String word, int equals, Iterator<String> following) {
    String text = "";
    if (equals >= 0) {
      text = word.substring(equals + 1);
    } else if (following.hasNext()) {
      text = following.next();
    }
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "Error: %s needs a number of %s above 0, not '%s'".formatted(option, unit, text));
  }
}
