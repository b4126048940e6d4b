package ee.supervisor.ctl.logs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the name of its process before each line. */
final class LinePrefix {
  private static final int MAX_WIDTH = 40;
  private static final String[] COLOURS = {"36", "33", "32", "35", "34", "96", "93", "92", "95"};
  private static final String RESET = "\u001b[0m";

  private final Map<String, Integer> numbers = new HashMap<>();
  private final boolean coloured;
  private final int width;

  /**
   * Knows the names.
   *
   * @param names of all whose lines will come
   * @param coloured whether each has a colour of its own
   */
  LinePrefix(List<String> names, boolean coloured) {
    int longest = 0;
    for (String name : names) {
      numbers.put(name, numbers.size());
      longest = Math.max(longest, name.length());
    }
    this.coloured = coloured;
    this.width = Math.min(longest, MAX_WIDTH);
  }

  /** A line as it is shown, its end included. */
  String put(LogSource source, String line) {
    String name = source.process() + " ".repeat(Math.max(0, width - source.process().length()));
    boolean isStderr = source.channel() == Channel.STDERR;
    if (!coloured) {
      return name + (isStderr ? " ! " : " | ") + line + "\n";
    }
    String colour = COLOURS[numbers.getOrDefault(source.process(), 0) % COLOURS.length];
    String mark = isStderr ? "\u001b[31m! " : "| ";
    // what a line switches on, ends with it
    String end = line.indexOf('\u001b') >= 0 ? RESET : "";
    return "\u001b[" + colour + "m" + name + " " + mark + RESET + line + end + "\n";
  }
}
