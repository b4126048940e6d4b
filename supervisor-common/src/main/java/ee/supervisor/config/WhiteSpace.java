package ee.supervisor.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * White space as Python sees it, which Supervisor's file format is made of: a no-break space is
 * white there and not in Java, and so are the separators 0x1c to 0x1f.
 */
final class WhiteSpace {

  private WhiteSpace() {}

  /** Whether {@code str.isspace()} holds for the character. */
  static boolean isSpace(int c) {
    return Character.isSpaceChar(c)
        || (c >= 0x09 && c <= 0x0d)
        || (c >= 0x1c && c <= 0x1f)
        || c == 0x85;
  }

  /** {@code str.strip()}. */
  static String strip(String text) {
    return strip(text, WhiteSpace::isSpace);
  }

  /** {@code str.rstrip()}. */
  static String stripTrailing(String text) {
    return text.substring(0, endOf(text, WhiteSpace::isSpace));
  }

  /** {@code str.strip(chars)}, the characters being those that {@code unwanted} names. */
  static String strip(String text, IntPredicate unwanted) {
    int end = endOf(text, unwanted);
    int start = 0;
    while (start < end && unwanted.test(text.charAt(start))) {
      start++;
    }
    return text.substring(start, end);
  }

  private static int endOf(String text, IntPredicate unwanted) {
    int end = text.length();
    while (end > 0 && unwanted.test(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** {@code str.split()}: the words between white space. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      boolean ends = i == text.length() || isSpace(text.charAt(i));
      if (!ends) {
        word.append(text.charAt(i));
      } else if (word.length() > 0) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }
}
