package ee.supervisor.getopt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the options off a command line as getopt(3) does, with its words for what is wrong.
 *
 * <p>Not picocli: built for Java 5, its 146 classes cannot go into a class-data archive, and took
 * longer than all the rest of a {@code supervisorctl status} (benchmarks/run --only ctl).
 */
public final class Getopt {
  private final String shortOptions;
  private final List<String> longOptions;
  private final Map<String, String> found = new LinkedHashMap<>();
  private final List<String> rest = new ArrayList<>();

  /**
   * Knows the options.
   *
   * @param shortOptions letters; a colon behind one says that it takes an argument
   * @param longOptions names; an equals sign behind one says that it takes an argument
   */
  public Getopt(String shortOptions, List<String> longOptions) {
    this.shortOptions = shortOptions;
    this.longOptions = longOptions;
  }

  /**
   * Reads a command line. Options end at the first word that is none, or behind {@code --}.
   *
   * @throws UsageException if an option is unknown, stands twice, lacks its argument or has one too
   *     many
   */
  public Getopt parse(String... arguments) throws UsageException {
    int at = 0;
    while (at < arguments.length && arguments[at].length() > 1 && arguments[at].startsWith("-")) {
      String word = arguments[at++];
      if (word.equals("--")) {
        break;
      }
      String next = at < arguments.length ? arguments[at] : null;
      boolean took = word.startsWith("--") ? longOption(word, next) : letters(word, next);
      at += took ? 1 : 0;
    }
    while (at < arguments.length) {
      rest.add(arguments[at++]);
    }
    return this;
  }

  /** The options by the name that was used, with both their dashes; empty if they take nothing. */
  public Map<String, String> options() {
    return found;
  }

  /** What stands behind the options. */
  public List<String> rest() {
    return rest;
  }

  /** Whether the next word was taken as an argument. */
  private boolean letters(String word, String next) throws UsageException {
    for (int i = 1; i < word.length(); i++) {
      String name = "-" + word.charAt(i);
      int known = word.charAt(i) == ':' ? -1 : shortOptions.indexOf(word.charAt(i));
      if (known < 0) {
        throw new UsageException("option " + name + " not recognized");
      }
      if (shortOptions.startsWith(":", known + 1)) {
        String glued = word.substring(i + 1);
        put(name, glued.isEmpty() ? required(name, next) : glued);
        return glued.isEmpty();
      }
      put(name, "");
    }
    return false;
  }

  private boolean longOption(String word, String next) throws UsageException {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    String known = match(name.substring(2));
    boolean takesArgument = known.endsWith("=");
    String full = "--" + (takesArgument ? known.substring(0, known.length() - 1) : known);
    if (!takesArgument && equals >= 0) {
      throw new UsageException("option " + full + " must not have an argument");
    }
    if (!takesArgument) {
      put(full, "");
      return false;
    }
    put(full, equals < 0 ? required(full, next) : word.substring(equals + 1));
    return equals < 0;
  }

  /** The long option of this name, or the only one that begins with it. */
  private String match(String name) throws UsageException {
    // two spellings of one option, a-b and a_b, leave nothing to choose
    Map<String, String> candidates = new LinkedHashMap<>();
    for (String option : longOptions) {
      if (option.equals(name) || option.equals(name + "=")) {
        return option;
      }
      if (option.startsWith(name)) {
        candidates.putIfAbsent(option.replace('-', '_'), option);
      }
    }
    if (candidates.isEmpty()) {
      throw new UsageException("option --" + name + " not recognized");
    }
    if (candidates.size() > 1) {
      throw new UsageException("option --" + name + " not a unique prefix");
    }
    return candidates.values().iterator().next();
  }

  private static String required(String name, String argument) throws UsageException {
    if (argument == null) {
      throw new UsageException("option " + name + " requires argument");
    }
    return argument;
  }

  private void put(String name, String argument) throws UsageException {
    if (found.putIfAbsent(name, argument) != null && !name.equals("-h")) {
      throw new UsageException("conflicting command line option '" + name + "'");
    }
  }
}
