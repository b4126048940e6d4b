package ee.supervisor.ctl.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads options and names behind the actions that Supervisor does not have. Each option is asked
 * for by name; what is left in the end are names.
 */
public final class ActionArguments {
  private final String action;
  private final List<String> words;

  /**
   * Reads.
   *
   * @param action whose arguments they are, for messages
   * @param argument the rest of the line
   */
  public ActionArguments(String action, String argument) {
    this.action = action;
    this.words = Words.of(argument);
  }

  /**
   * Whether an option without value is given.
   *
   * @param names the option's names
   * @return true if one of them is there
   */
  public boolean flag(String... names) {
    return words.removeAll(List.of(names));
  }

  /**
   * The value of an option, {@code --name value} or {@code --name=value}; the last one counts.
   *
   * @param names the option's names
   * @return empty if it isn't given
   * @throws IllegalArgumentException if there is nothing behind it; the message is for the operator
   */
  public Optional<String> value(String... names) {
    Optional<String> value = Optional.empty();
    for (int i = 0; i < words.size(); ) {
      Optional<String> name = named(words.get(i), names);
      if (name.isEmpty()) {
        i++;
      } else {
        words.remove(i);
        if (i == words.size()) {
          throw new IllegalArgumentException("Error: " + action + ": nothing behind " + name.get());
        }
        value = Optional.of(words.remove(i));
      }
    }
    return value;
  }

  /** The option that a word is; {@code --name=value} is made two words first. */
  private Optional<String> named(String word, String... names) {
    for (String name : names) {
      if (word.equals(name)) {
        return Optional.of(name);
      }
      if (name.startsWith("--") && word.startsWith(name + "=")) {
        int at = words.indexOf(word);
        words.set(at, name);
        words.add(at + 1, word.substring(name.length() + 1));
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /**
   * The value of an option that is a time: {@code 90}, {@code 90s}, {@code 10m}, {@code 2h} or
   * {@code 1d}.
   *
   * @param names the option's names
   * @return empty if it isn't given
   * @throws IllegalArgumentException if it is no time; the message is for the operator
   */
  public Optional<Duration> duration(String... names) {
    Optional<String> value = value(names);
    return value.map(text -> duration(names[0], text));
  }

  private Duration duration(String name, String text) {
    int digits = text.length();
    long unit = 1;
    if (!text.isEmpty() && "smhd".indexOf(text.charAt(digits - 1)) >= 0) {
      digits--;
      unit = new long[] {1, 60, 3600, 86400}["smhd".indexOf(text.charAt(digits))];
    }
    String number = text.substring(0, digits);
    if (number.isEmpty()
        || number.length() > 9
        || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          "Error: "
              + action
              + ": "
              + name
              + " takes a time such as 90, 30s, 10m, 2h or 1d, not '"
              + text
              + "'");
    }
    return Duration.ofSeconds(Integer.parseInt(number) * unit);
  }

  /**
   * The value of an option that is a number.
   *
   * @param most the largest that makes sense
   * @param names the option's names
   * @return empty if it isn't given
   * @throws IllegalArgumentException if it is none; the message is for the operator
   */
  public OptionalInt number(int most, String... names) {
    Optional<String> value = value(names);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= 0 && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "Error: "
            + action
            + ": "
            + names[0]
            + " takes a number from 0 to "
            + most
            + ", not '"
            + value.get()
            + "'");
  }

  /**
   * Whether there shall be colours: {@code --color=never|auto|always}.
   *
   * @param usual what is right where it isn't given, and for {@code auto}
   * @return true if escape sequences for colours are wanted
   * @throws IllegalArgumentException if it is none of the three; the message is for the operator
   */
  public boolean coloured(boolean usual) {
    String when = value("--color").orElse("auto");
    return switch (when) {
      case "auto" -> usual;
      case "always" -> true;
      case "never" -> false;
      default ->
          throw new IllegalArgumentException(
              "Error: " + action + ": --color takes never, auto or always, not '" + when + "'");
    };
  }

  /**
   * What is left when all options have been asked for.
   *
   * @return names
   * @throws IllegalArgumentException if an option is among them; the message is for the operator
   */
  public List<String> names() {
    for (String word : words) {
      if (word.startsWith("-")) {
        throw new IllegalArgumentException("Error: " + action + ": unknown option " + word);
      }
    }
    return new ArrayList<>(words);
  }
}
