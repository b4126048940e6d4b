package ee.supervisor.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code environment} values: {@code KEY="value",KEY2=value2}.
 *
 * <p>The words are those of Python's {@code shlex} in its non-POSIX mode, since real files rely on
 * its habits: quotes stay part of a word until its value is taken, a {@code #} begins a comment,
 * and every character that is neither a word character nor white space is a word by itself.
 */
final class KeyValuePairs {
  private static final String PUNCTUATION_IN_WORDS = "_/.+-():";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private int position;

  private KeyValuePairs(String text) {
    this.text = text;
  }

  /** The pairs in the order they stand; of the same key the last counts. */
  static Map<String, String> parse(String text) throws ConfigException {
    List<String> words = new KeyValuePairs(text).words();
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i += 4) { // key, =, value, comma
      if (i + 2 >= words.size() || !words.get(i + 1).equals("=")) {
        throw new ConfigException(
            "Unexpected end of key/value pairs in value '%s'".formatted(text));
      }
      pairs.put(words.get(i), WhiteSpace.strip(words.get(i + 2), c -> c == '\'' || c == '"'));
    }
    return pairs;
  }

  private List<String> words() throws ConfigException {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (isBlank(c)) {
        position++;
      } else if (c == '#') {
        skipLine();
      } else if (isQuote(c)) {
        words.add(quoted(c));
      } else if (isWord(c)) {
        words.add(word());
      } else {
        words.add(punctuation());
      }
    }
    return words;
  }

  private String punctuation() {
    int start = position;
    position = text.offsetByCodePoints(position, 1);
    return text.substring(start, position);
  }

  private String quoted(char quote) throws ConfigException {
    int end = text.indexOf(quote, position + 1);
    if (end < 0) {
      throw new ConfigException(
          "No closing quotation in value '%s'".formatted(text), "No closing quotation", null);
    }
    String word = text.substring(position, end + 1);
    position = end + 1;
    return word;
  }

  /** A word, up to white space or punctuation; a comment within is left out and does not end it. */
  private String word() {
    StringBuilder word = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '#') {
        skipLine();
      } else if (isWord(c) || isQuote(c)) {
        word.append(c);
        position++;
      } else {
        break;
      }
    }
    return word.toString();
  }

  private void skipLine() {
    int newline = text.indexOf('\n', position);
    position = newline < 0 ? text.length() : newline + 1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PUNCTUATION_IN_WORDS.indexOf(c) >= 0;
  }
}
