package ee.supervisor.ctl.terminal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Knows which of our streams are terminals, and what they can do. */
public final class Terminals {
  // "0", "1" or "01": the launcher's test(1) asks the system, which Java cannot do without a
  // library
  private static final String PROPERTY = "ee.supervisor.terminals";

  private Terminals() {}

  /**
   * Whether a line can be edited: both input and output are terminals.
   *
   * @return true if {@link #edit} may be used
   */
  public static boolean editable() {
    return isTerminal('0') && isTerminal('1');
  }

  /**
   * Whether output goes to a terminal, of whatever kind.
   *
   * @return false in a pipe or file
   */
  public static boolean isScreen() {
    return isTerminal('1');
  }

  /**
   * Whether output goes to a terminal that understands colours and cursor movement.
   *
   * @param environment {@code TERM} and {@code NO_COLOR} count
   * @return false in a pipe or file
   */
  public static boolean colourful(Map<String, String> environment) {
    return isTerminal('1')
        && !environment.getOrDefault("TERM", "dumb").equals("dumb")
        && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  private static boolean isTerminal(char descriptor) {
    return System.getProperty(PROPERTY, "").indexOf(descriptor) >= 0;
  }

  /**
   * Makes an input with editing, history and completion.
   *
   * @param completion gives the words that the last word of a line can become
   * @param historyFile where to keep the lines, or empty for nowhere
   * @return the input
   */
  public static Input edit(Function<String, List<String>> completion, Optional<Path> historyFile) {
    return new EditedInput(completion, historyFile);
  }
}
