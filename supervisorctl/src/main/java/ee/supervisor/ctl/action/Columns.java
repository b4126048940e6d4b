package ee.supervisor.ctl.action;

import java.util.ArrayList;
import java.util.List;

/** Lays text out in columns, of characters of equal width. */
final class Columns {

  private Columns() {}

  /** The number of characters of a text. */
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A text with blanks behind it up to a width; longer texts stay as they are. */
  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /**
   * Lays words out column by column, in as few lines as fit.
   *
   * @param words one or more
   * @param lineWidth how many characters a line may have
   * @return the lines; of several columns each is padded
   */
  static List<String> lines(List<String> words, int lineWidth) {
    if (words.size() == 1) {
      return words;
    }
    for (int rows = 1; rows < words.size(); rows++) {
      List<Integer> widths = widths(words, rows);
      int total = widths.stream().mapToInt(Integer::intValue).sum() + 2 * (widths.size() - 1);
      if (total <= lineWidth) {
        return lines(words, rows, widths);
      }
    }
    return words;
  }

  private static List<Integer> widths(List<String> words, int rows) {
    List<Integer> widths = new ArrayList<>();
    for (int start = 0; start < words.size(); start += rows) {
      List<String> column = words.subList(start, Math.min(start + rows, words.size()));
      widths.add(column.stream().mapToInt(Columns::width).max().orElse(0));
    }
    return widths;
  }

  private static List<String> lines(List<String> words, int rows, List<Integer> widths) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; row + column * rows < words.size(); column++) {
        line.append(column == 0 ? "" : "  ")
            .append(pad(words.get(row + column * rows), widths.get(column)));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
