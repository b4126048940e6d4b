package ee.supervisor.ctl.config;

import ee.supervisor.getopt.UsageException;
import java.util.Arrays;

/**
 * Says when output has colours: {@code --color=never|auto|always} before the action.
 *
 * <p>Taken off the command line before the other options are read: among them it would be one more
 * that {@code --co} may stand for, which is {@code --configuration} in scripts.
 */
public final class ColourOption {
  private static final String PREFIX = "--color=";

  /** Options whose value is the next word, whatever that looks like. */
  private static final String WITH_VALUE =
      " -c -s -u -p -r --configuration --serverurl --username --password --history_file"
          + " --history-file ";

  private final String when;
  private final String[] rest;

  private ColourOption(String when, String... rest) {
    this.when = when;
    this.rest = rest;
  }

  /**
   * Looks for the option among those before the action; the last one counts.
   *
   * @param arguments as they came from the operating system
   * @return the option, and what else there is
   * @throws UsageException if its value is none of the three
   */
  public static ColourOption of(String... arguments) throws UsageException {
    for (int i = 0; i < arguments.length && arguments[i].startsWith("-"); i++) {
      if (arguments[i].startsWith(PREFIX)) {
        return taken(arguments, i);
      }
      if (WITH_VALUE.contains(" " + arguments[i] + " ")) {
        i++;
      }
    }
    return new ColourOption("auto", arguments);
  }

  private static ColourOption taken(String[] arguments, int at) throws UsageException {
    String[] rest = Arrays.copyOf(arguments, arguments.length - 1);
    System.arraycopy(arguments, at + 1, rest, at, rest.length - at);
    ColourOption later = of(rest);
    String when = arguments[at].substring(PREFIX.length());
    if (!isKnown(when)) {
      throw new UsageException("option --color takes never, auto or always, not '" + when + "'");
    }
    return later.rest.length < rest.length ? later : new ColourOption(when, rest);
  }

  private static boolean isKnown(String when) {
    return when.equals("never") || when.equals("auto") || when.equals("always");
  }

  /**
   * What else there is on the command line.
   *
   * @return the other arguments in their order
   */
  public String[] rest() {
    return rest.clone();
  }

  /**
   * Whether there shall be colours.
   *
   * @param onTerminal what is right for {@code auto}
   * @return true if escape sequences for colours are wanted
   */
  public boolean wanted(boolean onTerminal) {
    return when.equals("auto") ? onTerminal : when.equals("always");
  }
}
