package ee.supervisor.ctl.top;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Makes the lines of the screen. */
final class View {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int MIN_NAME = 16;

  /** What is left out of a narrow table, in this order. */
  private static final List<Column> DISPENSABLE =
      List.of(Column.PID, Column.RESTARTS, Column.UPTIME, Column.MEMORY, Column.CPU);

  private static final List<String> HELP =
      List.of(
          "",
          "  Up Down PgUp PgDn Home End   move (also k j)",
          "  Space      mark a program       a  mark all shown       u  take all marks",
          "  s x r      start, stop, restart the marked programs, or the selected one",
          "  Enter, l   follow its log; in there Tab changes between stdout and stderr",
          "  /          show only names and states with these words; Esc shows all again",
          "  o          sort by the next column, O the other way round",
          "  N S I P M R T   sort by name, state, pid, processor, memory, restarts, uptime;",
          "             once more: the other way round",
          "  + -        ask the server less or more often",
          "  Ctrl-L     draw the screen anew",
          "  q          leave, also Ctrl-C",
          "",
          "  Any key closes this.");

  private final String place;
  private final boolean coloured;

  /**
   * Draws.
   *
   * @param place the server's URL
   * @param coloured whether states have colours
   */
  View(String place, boolean coloured) {
    this.place = place;
    this.coloured = coloured;
  }

  /** The table with what stands above and below it. */
  List<AttributedString> table(
      Table table, boolean measured, String bottom, int rows, int columns, long now) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(title(columns));
    lines.add(summary(table, measured, columns));
    Layout layout = Layout.of(table, measured, columns);
    lines.add(heading(table, layout, columns));
    int body = Math.max(0, rows - 4);
    int top = table.top(Math.max(1, body));
    List<Program> shown = table.shown();
    for (int i = top; i < Math.min(shown.size(), top + body); i++) {
      lines.add(row(table, shown.get(i), i == table.position(), layout, columns, now));
    }
    return framed(lines, bottom, rows, columns);
  }

  List<AttributedString> help(String bottom, int rows, int columns) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(title(columns));
    HELP.forEach(line -> lines.add(fitted(line, columns, AttributedStyle.DEFAULT)));
    return framed(lines, bottom, rows, columns);
  }

  List<AttributedString> log(LogPane pane, String bottom, int rows, int columns) {
    List<AttributedString> lines = new ArrayList<>();
    String title =
        pane.program().name()
            + "  "
            + (pane.isStderr() ? "stderr" : "stdout")
            + (pane.isAtEnd() ? "" : "  (End follows again)");
    lines.add(fitted(title, columns, AttributedStyle.INVERSE));
    for (String line : pane.view(Math.max(1, rows - 2))) {
      lines.add(fitted(line, columns, AttributedStyle.DEFAULT));
    }
    return framed(lines, bottom, rows, columns);
  }

  /** As many lines as the screen has, the last one at its bottom. */
  private static List<AttributedString> framed(
      List<AttributedString> lines, String bottom, int rows, int columns) {
    List<AttributedString> all = new ArrayList<>(lines.subList(0, Math.min(lines.size(), rows)));
    while (all.size() < rows) {
      all.add(AttributedString.EMPTY);
    }
    if (rows > 0) {
      all.set(rows - 1, fitted(bottom, columns, AttributedStyle.DEFAULT));
    }
    return all;
  }

  private AttributedString title(int columns) {
    String clock = CLOCK.format(LocalTime.now(ZoneId.systemDefault()));
    String left = "supervisord at " + place;
    int gap = columns - left.length() - clock.length();
    return fitted(
        gap > 0 ? left + " ".repeat(gap) + clock : left, columns, AttributedStyle.DEFAULT);
  }

  private AttributedString summary(Table table, boolean measured, int columns) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.append(table.total() == 1 ? "1 program" : table.total() + " programs");
    for (Map.Entry<String, Integer> state : table.states().entrySet()) {
      line.append("  ");
      line.styled(
          style(state.getKey()), state.getValue() + " " + state.getKey().toLowerCase(Locale.ROOT));
    }
    if (measured) {
      line.append(
          String.format(
              Locale.ROOT, "  cpu %.1f %%  memory %s", table.cpu(), Column.size(table.memory())));
    }
    if (table.marks() > 0) {
      line.append("  ").styled(AttributedStyle.BOLD, table.marks() + " marked");
    }
    if (!table.filter().isEmpty()) {
      line.append("  /" + table.filter() + ": " + table.shown().size());
    }
    return line.toAttributedString().columnSubSequence(0, columns);
  }

  private static AttributedString heading(Table table, Layout layout, int columns) {
    StringBuilder line = new StringBuilder("  ");
    for (Column column : layout.columns()) {
      boolean isSorted = column == table.sort();
      String text = column.heading() + (isSorted ? table.reversed() ? "^" : "v" : "");
      line.append(cell(text, column, layout)).append(' ');
    }
    if (layout.reason() > 0) {
      line.append("REASON");
    }
    String text = line.toString();
    return fitted(
        text + " ".repeat(Math.max(0, columns - text.length())), columns, AttributedStyle.INVERSE);
  }

  private AttributedString row(
      Table table, Program program, boolean isSelected, Layout layout, int columns, long now) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    AttributedStyle plain = isSelected ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT;
    // without colours the selection can still be told by its mark
    line.styled(plain, (isSelected ? ">" : " ") + (table.isMarked(program) ? "*" : " "));
    for (Column column : layout.columns()) {
      String text = cell(column.text(program, now), column, layout) + " ";
      boolean hasColour = column == Column.STATE && !isSelected;
      line.styled(hasColour ? style(program.state()) : plain, text);
    }
    if (layout.reason() > 0) {
      line.styled(plain, program.pid() == 0 ? program.why() : "");
    }
    AttributedString text = line.toAttributedString().columnSubSequence(0, columns);
    int gap = isSelected ? columns - text.columnLength() : 0;
    return gap > 0
        ? new AttributedStringBuilder()
            .append(text)
            .styled(plain, " ".repeat(gap))
            .toAttributedString()
        : text;
  }

  private AttributedStyle style(String state) {
    if (!coloured) {
      return AttributedStyle.DEFAULT;
    }
    return switch (state) {
      case "RUNNING" -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      case "STARTING", "STOPPING", "BACKOFF" ->
          AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
      case "STOPPED", "EXITED" -> AttributedStyle.DEFAULT.faint();
      default -> AttributedStyle.BOLD.foreground(AttributedStyle.RED);
    };
  }

  /** Numbers stand to the right, words to the left. */
  private static String cell(String text, Column column, Layout layout) {
    int width = column == Column.NAME ? layout.name() : column.width();
    boolean toTheLeft = column == Column.NAME || column == Column.STATE;
    AttributedString cut = new AttributedString(text).columnSubSequence(0, width);
    String blanks = " ".repeat(Math.max(0, width - cut.columnLength()));
    return toTheLeft ? cut + blanks : blanks + cut;
  }

  private static AttributedString fitted(String text, int columns, AttributedStyle style) {
    return new AttributedString(text, style).columnSubSequence(0, columns);
  }

  /**
   * Which columns there is room for.
   *
   * @param columns those that are shown
   * @param name the width of the name
   * @param reason the width of the reason, 0 for none
   */
  private record Layout(List<Column> columns, int name, int reason) {

    static Layout of(Table table, boolean measured, int columns) {
      Set<Column> shown = EnumSet.allOf(Column.class);
      if (!measured) {
        shown.removeAll(Set.of(Column.CPU, Column.MEMORY, Column.RESTARTS));
      }
      for (Column column : DISPENSABLE) {
        if (room(shown, columns) < MIN_NAME) {
          shown.remove(column);
        }
      }
      int room = Math.max(1, room(shown, columns));
      int longest = MIN_NAME;
      for (Program program : table.shown()) {
        longest = Math.max(longest, program.name().length());
      }
      int name = Math.min(room, longest);
      int reason = room - name - 1;
      return new Layout(List.copyOf(shown), name, reason < 10 ? 0 : reason);
    }

    /** What the other columns leave of the line. */
    private static int room(Set<Column> shown, int columns) {
      int taken = 3;
      for (Column column : shown) {
        taken += column == Column.NAME ? 0 : column.width() + 1;
      }
      return columns - taken;
    }
  }
}
