package ee.supervisor.jmx.console;

import ee.supervisor.jmx.client.ProcessRow;
import ee.supervisor.jmx.console.ProcessTableModel.Column;
import java.awt.Color;
import java.awt.Component;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.swing.BorderFactory;
import javax.swing.JTable;
import javax.swing.ListSelectionModel;
import javax.swing.RowFilter;
import javax.swing.SwingConstants;
import javax.swing.border.Border;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableRowSorter;

/** The sortable table of processes. Confined to Swing's thread. */
final class ProcessGrid {
  private static final Color GREEN = new Color(0x1a7f37);
  private static final Color AMBER = new Color(0x9a6700);
  private static final Color RED = new Color(0xcf222e);
  private static final Color GREY = new Color(0x6e7781);
  private static final int EXTRA_ROW_PIXELS = 2;

  private final ProcessTableModel model = new ProcessTableModel();
  private final JTable table = new JTable(model);
  private final TableRowSorter<ProcessTableModel> sorter = new TableRowSorter<>(model);

  ProcessGrid() {
    table.setName("processes");
    table.setRowSorter(sorter);
    table.setSelectionMode(ListSelectionModel.MULTIPLE_INTERVAL_SELECTION);
    table.setFillsViewportHeight(true);
    table.setShowGrid(false);
    table.setRowHeight(table.getRowHeight() + EXTRA_ROW_PIXELS);
    for (Column column : Column.values()) {
      table.getColumn(column.title).setPreferredWidth(column.widthPixels);
    }
    render(Column.STATE, SwingConstants.LEFT, String::valueOf, ProcessGrid::colour);
    render(Column.PID, SwingConstants.RIGHT, Object::toString);
    render(Column.CPU, SwingConstants.RIGHT, v -> CellTexts.percent((double) v));
    render(Column.MEMORY, SwingConstants.RIGHT, v -> CellTexts.bytes((long) v));
    render(Column.RESTARTS, SwingConstants.RIGHT, Object::toString);
    render(Column.PROCESS, SwingConstants.LEFT, Object::toString);
    render(Column.DESCRIPTION, SwingConstants.LEFT, Object::toString);
    render(Column.UPTIME, SwingConstants.RIGHT, v -> CellTexts.duration((long) v));
  }

  /** The component to show. */
  JTable component() {
    return table;
  }

  /** The rows. */
  ProcessTableModel model() {
    return model;
  }

  /** The processes that are selected, in the order they are shown in. */
  List<ProcessRow> selected() {
    return Arrays.stream(table.getSelectedRows())
        .map(table::convertRowIndexToModel)
        .mapToObj(model::row)
        .toList();
  }

  /** Shows only processes whose name, state or description holds {@code text}. */
  void filter(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    sorter.setRowFilter(wanted.isEmpty() ? null : containing(wanted));
  }

  private static RowFilter<ProcessTableModel, Integer> containing(String wanted) {
    return new RowFilter<>() {
      @Override
      public boolean include(Entry<? extends ProcessTableModel, ? extends Integer> entry) {
        return entry.getModel().searchText(entry.getIdentifier()).contains(wanted);
      }
    };
  }

  private void render(Column column, int alignment, Function<Object, String> text) {
    render(column, alignment, text, value -> table.getForeground());
  }

  private void render(
      Column column, int alignment, Function<Object, String> text, Function<Object, Color> colour) {
    DefaultTableCellRenderer renderer = new Cell(text, colour);
    renderer.setHorizontalAlignment(alignment);
    table.getColumn(column.title).setCellRenderer(renderer);
  }

  private static Color colour(Object state) {
    return switch (String.valueOf(state)) {
      case "RUNNING" -> GREEN;
      case "STARTING", "STOPPING", "BACKOFF" -> AMBER;
      case "FATAL", "UNKNOWN" -> RED;
      default -> GREY;
    };
  }

  private static final class Cell extends DefaultTableCellRenderer {
    private static final long serialVersionUID = 1L;
    private static final Border PADDING = BorderFactory.createEmptyBorder(0, 5, 0, 5);
    private final transient Function<Object, String> text;
    private final transient Function<Object, Color> colour;

    Cell(Function<Object, String> text, Function<Object, Color> colour) {
      this.text = text;
      this.colour = colour;
    }

    @Override
    public Component getTableCellRendererComponent(
        JTable table, Object value, boolean selected, boolean focused, int row, int column) {
      super.getTableCellRendererComponent(table, value, selected, focused, row, column);
      setBorder(PADDING);
      setForeground(selected ? table.getSelectionForeground() : colour.apply(value));
      return this;
    }

    @Override
    protected void setValue(Object value) {
      setText(value == null ? "" : text.apply(value));
    }
  }
}
