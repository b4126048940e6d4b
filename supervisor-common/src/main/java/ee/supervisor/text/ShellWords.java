package ee.supervisor.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as Supervisor does: quotes and backslashes as in a shell, but no
 * variables, no wildcards, no comments (Python's {@code shlex.split}).
 */
public final class ShellWords {
  private enum State {
    BETWEEN_WORDS,
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED
  }

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private State state = State.BETWEEN_WORDS;
  private int next;

  private ShellWords(String line) {
    this.line = line;
  }

  /**
   * The words of {@code line}; quoted nothing is an empty word.
   *
   * @throws IllegalArgumentException {@code No closing quotation} or {@code No escaped character}
   */
  public static List<String> split(String line) {
    return new ShellWords(line).split();
  }

  private List<String> split() {
    while (next < line.length()) {
      char c = line.charAt(next++);
      switch (state) {
        case BETWEEN_WORDS, PLAIN -> takePlain(c);
        case SINGLE_QUOTED -> takeQuoted(c, '\'');
        case DOUBLE_QUOTED -> takeDoubleQuoted(c);
      }
    }
    if (state == State.SINGLE_QUOTED || state == State.DOUBLE_QUOTED) {
      throw new IllegalArgumentException("No closing quotation");
    }
    if (state == State.PLAIN) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }

  private void takePlain(char c) {
    switch (c) {
      case ' ', '\t', '\r', '\n' -> endWord();
      case '\'' -> state = State.SINGLE_QUOTED;
      case '"' -> state = State.DOUBLE_QUOTED;
      case '\\' -> {
        state = State.PLAIN;
        word.append(escaped());
      }
      default -> {
        state = State.PLAIN;
        word.append(c);
      }
    }
  }

  private void takeQuoted(char c, char quote) {
    if (c == quote) {
      state = State.PLAIN;
    } else {
      word.append(c);
    }
  }

  private void takeDoubleQuoted(char c) {
    if (c != '\\') {
      takeQuoted(c, '"');
      return;
    }
    char escaped = escaped();
    if (escaped != '"' && escaped != '\\') {
      word.append('\\');
    }
    word.append(escaped);
  }

  private char escaped() {
    if (next == line.length()) {
      throw new IllegalArgumentException("No escaped character");
    }
    return line.charAt(next++);
  }

  private void endWord() {
    if (state == State.PLAIN) {
      words.add(word.toString());
      word.setLength(0);
      state = State.BETWEEN_WORDS;
    }
  }
}
