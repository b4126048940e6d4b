package ee.supervisor.ctl.top;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Knows which programs are shown, in which order, and which of them are meant by a key. */
final class Table {
  private List<Program> all = List.of();
  private List<Program> shown = List.of();
  private final Set<String> marked = new HashSet<>();
  private Column sort = Column.STATE;
  private boolean reversed;
  private String filter = "";

  /** By its name and not its place, so that it stays the same when the order changes. */
  private String selected = "";

  private int position;

  /** The first program that is in view. */
  private int top;

  /** Takes what the server says. */
  void programs(List<Program> programs) {
    all = programs;
    Set<String> there = new HashSet<>();
    all.forEach(program -> there.add(program.id()));
    marked.retainAll(there);
    arrange();
  }

  private void arrange() {
    String[] words = filter.toLowerCase(Locale.ROOT).split(" +", -1);
    List<Program> chosen = new ArrayList<>();
    for (Program program : all) {
      if (matches(program, words)) {
        chosen.add(program);
      }
    }
    Comparator<Program> order = sort.order();
    chosen.sort(reversed ? Collections.reverseOrder(order) : order);
    shown = chosen;
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).id().equals(selected)) {
        position = i;
        return;
      }
    }
    // it is gone, or filtered out: the one that has its place now
    select(position);
  }

  private static boolean matches(Program program, String... words) {
    String text = (program.name() + " " + program.state()).toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }

  List<Program> shown() {
    return shown;
  }

  int total() {
    return all.size();
  }

  /** How many programs there are in each state, whatever is shown. */
  Map<String, Integer> states() {
    Map<String, Integer> states = new TreeMap<>();
    all.forEach(program -> states.merge(program.state(), 1, Integer::sum));
    Map<String, Integer> ordered = new LinkedHashMap<>();
    for (String state : List.of("RUNNING", "FATAL", "BACKOFF")) {
      Integer count = states.remove(state);
      if (count != null) {
        ordered.put(state, count);
      }
    }
    ordered.putAll(states);
    return ordered;
  }

  double cpu() {
    return all.stream().mapToDouble(program -> program.cpu().orElse(0)).sum();
  }

  long memory() {
    return all.stream().mapToLong(program -> program.memory().orElse(0)).sum();
  }

  /** Moves the selection; it stops at the ends. */
  void move(int rows) {
    select(
        (int)
            Math.max(
                Integer.MIN_VALUE / 2, Math.min(Integer.MAX_VALUE / 2, (long) position + rows)));
  }

  private void select(int row) {
    position = Math.max(0, Math.min(shown.size() - 1, row));
    selected = shown.isEmpty() ? "" : shown.get(position).id();
  }

  /** The row that the selection is in. */
  int position() {
    return position;
  }

  /** The first row to show, so that the selection is among so many. */
  int top(int rows) {
    int last = Math.max(0, shown.size() - rows);
    top = Math.max(0, Math.min(Math.min(top, position), last));
    if (position >= top + rows) {
      top = position - rows + 1;
    }
    return top;
  }

  boolean isMarked(Program program) {
    return marked.contains(program.id());
  }

  int marks() {
    return marked.size();
  }

  /** Marks the selected program, or takes its mark, and goes on to the next. */
  void toggle() {
    if (!selected.isEmpty()) {
      if (!marked.remove(selected)) {
        marked.add(selected);
      }
      move(1);
    }
  }

  void markShown() {
    shown.forEach(program -> marked.add(program.id()));
  }

  void unmark() {
    marked.clear();
  }

  /** What a command is for: the marked programs, or the selected one. */
  List<Program> meant() {
    if (marked.isEmpty()) {
      return shown.isEmpty() ? List.of() : List.of(shown.get(position));
    }
    return all.stream().filter(this::isMarked).toList();
  }

  Column sort() {
    return sort;
  }

  boolean reversed() {
    return reversed;
  }

  /** Sorts by a column; by the same once more: the other way round. */
  void sort(Column column) {
    reversed = column == sort && !reversed;
    sort = column;
    arrange();
  }

  String filter() {
    return filter;
  }

  void filter(String text) {
    filter = text;
    arrange();
  }
}
