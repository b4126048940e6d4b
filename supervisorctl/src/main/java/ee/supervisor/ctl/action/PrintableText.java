package ee.supervisor.ctl.action;

/** Makes text of programs fit to be shown in a line: without what would move the cursor. */
public final class PrintableText {

  private PrintableText() {}

  /**
   * A line without control characters and escape sequences; tabs become blanks.
   *
   * @param line what a program wrote
   * @return what may be shown
   */
  public static String of(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\u001b') {
        i = endOfEscape(line, i);
      } else if (c == '\t') {
        text.append(" ".repeat(8 - text.length() % 8));
      } else if (!isControl(c)) {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isControl(char c) {
    // marks that turn the direction of what follows would garble the line as well
    return Character.isISOControl(c)
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u2028'
        || c == '\u2029';
  }

  /** The last character of the escape sequence that begins at a place. */
  private static int endOfEscape(String line, int start) {
    int i = start + 1;
    if (i < line.length() && line.charAt(i) == '[') {
      do {
        i++;
      } while (i < line.length() && (line.charAt(i) < '@' || line.charAt(i) > '~'));
    } else if (i < line.length() && line.charAt(i) == ']') {
      while (i < line.length() && line.charAt(i) != '\u0007' && line.charAt(i) != '\u001b') {
        i++;
      }
      i += i < line.length() && line.charAt(i) == '\u001b' ? 1 : 0;
    }
    return i;
  }
}
