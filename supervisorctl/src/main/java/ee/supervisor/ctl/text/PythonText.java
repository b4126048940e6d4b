package ee.supervisor.ctl.text;

import ee.supervisor.client.RpcFault;

/** Writes values as the reference, a Python program, shows them. */
public final class PythonText {

  private PythonText() {}

  /**
   * A string as its literal.
   *
   * @param text any text
   * @return the text in quotes, which are single unless only double ones spare a backslash
   */
  public static String repr(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder literal = new StringBuilder().append(quote);
    text.codePoints().forEach(c -> append(literal, c, quote));
    return literal.append(quote).toString();
  }

  private static void append(StringBuilder literal, int c, char quote) {
    switch (c) {
      case '\n' -> literal.append("\\n");
      case '\r' -> literal.append("\\r");
      case '\t' -> literal.append("\\t");
      default -> {
        if (c == quote || c == '\\') {
          literal.append('\\').appendCodePoint(c);
        } else if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
          literal.append("\\x").append(Character.forDigit(c >> 4, 16));
          literal.append(Character.forDigit(c & 0xf, 16));
        } else {
          literal.appendCodePoint(c);
        }
      }
    }
  }

  /**
   * A fault.
   *
   * @param fault any fault
   * @return such as {@code <Fault 10: 'BAD_NAME: web'>}
   */
  public static String of(RpcFault fault) {
    return "<Fault " + fault.code() + ": " + repr(fault.text()) + ">";
  }
}
