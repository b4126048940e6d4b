package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the lines of one file as Supervisor's own reader does, which is Python's {@code
 * configparser} without interpolation, not strict, with {@code ;} and {@code #} as inline comments.
 *
 * <p>A reader of our own, not ini4j: there a line goes on by a backslash at the end of the line
 * before, here by being indented deeper than its option, blank lines included; there {@code ;}
 * begins no comment after a value; and ini4j knows neither the line nor the file of what it
 * rejects. What would be left to it is a map of maps, at the price of loading {@code java.desktop}
 * (its bean support) before {@code supervisord --check} can answer.
 */
final class IniParser {
  private final String source;
  private final Function<String, Map<String, String>> openSection;
  private final StringBuilder rejected = new StringBuilder();

  private Map<String, String> section;
  private Map<String, List<String>> values = new LinkedHashMap<>();
  private List<String> current;
  private int indent;

  /**
   * @param source the file's name, for messages
   * @param openSection gives the options of a section, which the parser changes
   */
  IniParser(String source, Function<String, Map<String, String>> openSection) {
    this.source = source;
    this.openSection = openSection;
  }

  void parse(String text) throws ConfigException {
    int number = 0;
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline + 1;
      line(++number, text.substring(start, end));
      start = end;
    }
    closeSection();
    if (rejected.length() > 0) {
      throw new ConfigException("Source contains parsing errors: " + repr(source) + rejected);
    }
  }

  private void line(int number, String line) throws ConfigException {
    int comment = commentStart(line);
    String content = WhiteSpace.strip(comment < 0 ? line : line.substring(0, comment));
    if (content.isEmpty()) {
      // a blank line goes into a value of several lines, a line that is all comment does not
      if (comment < 0 && current != null) {
        current.add("");
      }
      return;
    }
    int depth = indentOf(line);
    if (current != null && depth > indent) {
      current.add(content);
      return;
    }
    indent = depth;
    int close = content.lastIndexOf(']');
    if (content.charAt(0) == '[' && close > 1) {
      closeSection();
      section = openSection.apply(content.substring(1, close));
    } else if (section == null) {
      throw new ConfigException(
          "File contains no section headers.\nfile: %s, line: %d\n%s"
              .formatted(repr(source), number, repr(line)));
    } else {
      option(number, line, content);
    }
  }

  private void option(int number, String line, String content) {
    int delimiter = firstDelimiter(content);
    String name = delimiter < 0 ? "" : WhiteSpace.strip(content.substring(0, delimiter));
    if (!name.isEmpty()) {
      current = new ArrayList<>();
      current.add(WhiteSpace.strip(content.substring(delimiter + 1)));
      values.put(name.toLowerCase(Locale.ROOT), current);
      return;
    }
    rejected.append("\n\t[line %2d]: %s".formatted(number, repr(line)));
    if (delimiter == 0) {
      current = null;
    }
  }

  private void closeSection() {
    values.forEach(
        (name, lines) -> section.put(name, WhiteSpace.stripTrailing(String.join("\n", lines))));
    values = new LinkedHashMap<>();
    current = null;
  }

  private static int firstDelimiter(String content) {
    int equals = content.indexOf('=');
    int colon = content.indexOf(':');
    return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
  }

  private static int indentOf(String line) {
    int depth = 0;
    while (WhiteSpace.isSpace(line.charAt(depth))) {
      depth++;
    }
    return depth;
  }

  /**
   * Where a comment begins, or -1: at {@code ;} or {@code #} that is first, or follows white space.
   * The two are looked for in step, first with first, second with second, and so on: an odd rule,
   * but it decides which of two candidates counts.
   */
  private static int commentStart(String line) {
    int semicolon = line.indexOf(';');
    int hash = line.indexOf('#');
    while (semicolon >= 0 || hash >= 0) {
      boolean bySemicolon = beginsComment(line, semicolon);
      boolean byHash = beginsComment(line, hash);
      if (bySemicolon && byHash) {
        return Math.min(semicolon, hash);
      } else if (bySemicolon || byHash) {
        return bySemicolon ? semicolon : hash;
      }
      semicolon = semicolon < 0 ? -1 : line.indexOf(';', semicolon + 1);
      hash = hash < 0 ? -1 : line.indexOf('#', hash + 1);
    }
    return -1;
  }

  private static boolean beginsComment(String line, int index) {
    return index == 0 || (index > 0 && WhiteSpace.isSpace(line.charAt(index - 1)));
  }
}
