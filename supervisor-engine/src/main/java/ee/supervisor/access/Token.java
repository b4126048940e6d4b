package ee.supervisor.access;

import ee.supervisor.text.PythonText;
import java.util.regex.Pattern;

/** Text from outside as one word of a log line. */
public final class Token {
  private static final int MAX_LENGTH = 200;
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.:*@/%+-]+");

  private Token() {}

  /** {@code text} itself where it is a plain word, or else quoted and escaped; never too long. */
  public static String of(String text) {
    String shown = shortened(text, MAX_LENGTH);
    return PLAIN.matcher(shown).matches() ? shown : PythonText.repr(shown);
  }

  /** {@code text} itself, or its beginning where it is longer than {@code most}. */
  static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
