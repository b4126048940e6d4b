package ee.supervisor.launcher.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Command lines: taken apart as others do it, put together for a configuration of ours. */
final class Words {
  private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

  private Words() {}

  /** A command that starts just these words. */
  static String command(List<String> words) {
    return words.stream().map(Words::quoted).collect(Collectors.joining(" "));
  }

  /** A command that has a shell run this script. */
  static String script(String script) {
    return "/bin/sh -c " + quoted(script);
  }

  /**
   * One word for a shell. A {@code ;} or {@code #} after white space would begin a comment of the
   * configuration, even between quotes, and comes to stand behind a backslash.
   */
  static String quoted(String word) {
    return word.matches(PLAIN)
        ? word
        : "'" + word.replace("'", "'\\''").replaceAll("(?<=\\s)[;#]", "'\\\\$0'") + "'";
  }

  /** What a comment can hold of a text. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /**
   * Splits at white space outside quotes, as systemd does: quotes and backslashes go.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean within = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        i = escaped(line, i + 1, word);
        within = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        within = true;
      } else if (Character.isWhitespace(c)) {
        if (within) {
          words.add(word.toString());
          word.setLength(0);
          within = false;
        }
      } else {
        word.append(c);
        within = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the quote " + quote + " is not closed");
    }
    if (within) {
      words.add(word.toString());
    }
    return words;
  }

  /** Adds what a backslash makes of the character at an index; returns the index of its end. */
  private static int escaped(String line, int at, StringBuilder word) {
    char c = line.charAt(at);
    int number = "abfnrtvs".indexOf(c);
    if (number >= 0) {
      word.append("\007\b\f\n\r\t\013 ".charAt(number));
      return at;
    }
    if (c == 'x' && line.substring(at + 1).matches("(?s)\\p{XDigit}{2}.*")) {
      word.append((char) Integer.parseInt(line.substring(at + 1, at + 3), 16));
      return at + 2;
    }
    word.append(c);
    return at;
  }
}
