package ee.supervisor.text;

/** Writes a text into a message as Python's {@code %r} does, since Supervisor's messages use it. */
public final class PythonText {
  private PythonText() {}

  /**
   * {@code text} in quotes: single ones, or double ones when it holds single ones only; backslash,
   * line ends and what cannot be printed are escaped.
   */
  public static String repr(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(point -> appendEscaped(quoted, point, quote));
    return quoted.append(quote).toString();
  }

  private static void appendEscaped(StringBuilder target, int point, char quote) {
    switch (point) {
      case '\\' -> target.append("\\\\");
      case '\n' -> target.append("\\n");
      case '\r' -> target.append("\\r");
      case '\t' -> target.append("\\t");
      default -> {
        if (point == quote) {
          target.append('\\').append(quote);
        } else if (point == ' ' || isPrintable(point)) {
          target.appendCodePoint(point);
        } else if (point <= 0xff) {
          target.append(String.format("\\x%02x", point));
        } else if (point <= 0xffff) {
          target.append(String.format("\\u%04x", point));
        } else {
          target.append(String.format("\\U%08x", point));
        }
      }
    }
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
