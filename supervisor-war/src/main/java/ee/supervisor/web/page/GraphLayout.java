package ee.supervisor.web.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the boxes and lines of a graph of dependencies are: what is needed stands left of what
 * needs it. A line that passes a column has a place of its own there, so that it crosses no box.
 */
final class GraphLayout {
  static final int BOX_WIDTH = 190;
  static final int BOX_HEIGHT = 44;

  private static final int COLUMN = BOX_WIDTH + 90;
  private static final int GAP = 16;
  private static final int LINE_HEIGHT = 6;
  private static final int SWEEPS = 8;

  private final List<Edge> edges;
  private final Map<String, Slot> boxes = new LinkedHashMap<>();
  private final List<List<Slot>> columns = new ArrayList<>();
  private final Map<Edge, List<Slot>> ways = new LinkedHashMap<>();
  private int height;

  /** Something that is needed, and by what. */
  record Edge(String needed, String by) {}

  /** A place in the drawing. */
  record Point(int x, int y) {}

  /** A place in a column: of a box, or of a line that passes. */
  private static final class Slot {
    private final String name;
    private final int height;
    private final List<Slot> left = new ArrayList<>();
    private final List<Slot> right = new ArrayList<>();
    private int column;
    private int index;
    private int y;

    Slot(String name, int height) {
      this.name = name;
      this.height = height;
    }

    int middle() {
      return y + height / 2;
    }

    private double weight(List<Slot> neighbours) {
      return neighbours.isEmpty()
          ? index
          : neighbours.stream().mapToInt(slot -> slot.index).average().orElseThrow();
    }
  }

  /** A layout of what {@code edges} connect, as nearly as can be in the order of {@code names}. */
  GraphLayout(List<String> names, List<Edge> edges) {
    this.edges = edges.stream().distinct().toList();
    Set<String> connected = new HashSet<>();
    this.edges.forEach(edge -> connected.addAll(List.of(edge.needed(), edge.by())));
    names.stream()
        .filter(connected::contains)
        .forEach(name -> boxes.put(name, new Slot(name, BOX_HEIGHT)));
    connected.stream()
        .sorted()
        .forEach(name -> boxes.computeIfAbsent(name, n -> new Slot(n, BOX_HEIGHT)));
    setColumns();
    this.edges.forEach(this::lead);
    order();
    place();
  }

  private void setColumns() {
    Map<String, List<String>> needs = new HashMap<>();
    edges.forEach(
        edge -> needs.computeIfAbsent(edge.by(), by -> new ArrayList<>()).add(edge.needed()));
    Map<String, Integer> columnOf = new HashMap<>();
    boxes.keySet().forEach(name -> column(name, needs, columnOf, new HashSet<>()));
    boxes.values().forEach(box -> add(box, columnOf.get(box.name)));
  }

  /** How many it takes to come to it. */
  private static int column(
      String name, Map<String, List<String>> needs, Map<String, Integer> known, Set<String> above) {
    Integer column = known.get(name);
    if (column != null) {
      return column;
    }
    // no ring is configured, but groups of two configurations may be active
    above.add(name);
    int most = 0;
    for (String needed : needs.getOrDefault(name, List.of())) {
      if (!above.contains(needed)) {
        most = Math.max(most, 1 + column(needed, needs, known, above));
      }
    }
    above.remove(name);
    known.put(name, most);
    return most;
  }

  private void add(Slot slot, int column) {
    while (columns.size() <= column) {
      columns.add(new ArrayList<>());
    }
    slot.column = column;
    slot.index = columns.get(column).size();
    columns.get(column).add(slot);
  }

  private void lead(Edge edge) {
    Slot from = boxes.get(edge.needed());
    Slot to = boxes.get(edge.by());
    List<Slot> way = new ArrayList<>();
    way.add(from);
    for (int column = from.column + 1; column < to.column; column++) {
      Slot passage = new Slot("", LINE_HEIGHT);
      add(passage, column);
      way.add(passage);
    }
    way.add(to);
    for (int i = 1; i < way.size(); i++) {
      way.get(i - 1).right.add(way.get(i));
      way.get(i).left.add(way.get(i - 1));
    }
    ways.put(edge, way);
  }

  /** To and fro: each slot moves to where those it is connected with are on average. */
  private void order() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean forth = sweep % 2 == 0;
      for (int i = 0; i < columns.size(); i++) {
        List<Slot> column = columns.get(forth ? i : columns.size() - 1 - i);
        column.sort(
            Comparator.comparingDouble(slot -> slot.weight(forth ? slot.left : slot.right)));
        for (int place = 0; place < column.size(); place++) {
          column.get(place).index = place;
        }
      }
    }
  }

  private void place() {
    height = columns.stream().mapToInt(GraphLayout::heightOf).max().orElse(0);
    for (List<Slot> column : columns) {
      int y = (height - heightOf(column)) / 2;
      for (Slot slot : column) {
        slot.y = y;
        y += slot.height + GAP;
      }
    }
  }

  private static int heightOf(List<Slot> column) {
    return column.stream().mapToInt(slot -> slot.height + GAP).sum() - GAP;
  }

  boolean isEmpty() {
    return boxes.isEmpty();
  }

  int width() {
    return Math.max(0, (columns.size() - 1) * COLUMN + BOX_WIDTH);
  }

  int height() {
    return height;
  }

  /** The names that have a box. */
  Set<String> boxed() {
    return boxes.keySet();
  }

  /** The upper left corner of a box. */
  Point corner(String name) {
    Slot box = boxes.get(name);
    return new Point(box.column * COLUMN, box.y);
  }

  List<Edge> edges() {
    return edges;
  }

  /** The line from what is needed to what needs it, as the path of an SVG drawing. */
  String path(Edge edge) {
    List<Slot> way = ways.get(edge);
    StringBuilder path = new StringBuilder();
    Slot from = way.get(0);
    int x = from.column * COLUMN + BOX_WIDTH;
    path.append("M%d %d".formatted(x, from.middle()));
    for (Slot next : way.subList(1, way.size())) {
      int nextX = next.column * COLUMN;
      int half = (nextX - x) / 2;
      path.append(
          " C%d %d %d %d %d %d"
              .formatted(
                  x + half, from.middle(), nextX - half, next.middle(), nextX, next.middle()));
      if (next.name.isEmpty()) {
        path.append(" H%d".formatted(nextX + BOX_WIDTH));
      }
      from = next;
      x = nextX + BOX_WIDTH;
    }
    return path.toString();
  }
}
