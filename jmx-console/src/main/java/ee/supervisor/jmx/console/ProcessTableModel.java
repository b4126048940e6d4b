package ee.supervisor.jmx.console;

import ee.supervisor.jmx.client.ProcessRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.swing.table.AbstractTableModel;

/**
 * The processes as rows of a table. Confined to Swing's thread.
 *
 * <p>A change of state that a notification reported is shown at once; what else it changed comes
 * with the next refresh.
 */
final class ProcessTableModel extends AbstractTableModel {
  private static final long serialVersionUID = 1L;

  /** What a column shows. */
  enum Column {
    PROCESS("Process", String.class, 180),
    STATE("State", String.class, 80),
    PID("PID", Integer.class, 60),
    CPU("CPU %", Double.class, 55),
    MEMORY("Memory", Long.class, 80),
    UPTIME("Uptime", Long.class, 90),
    RESTARTS("Restarts", Long.class, 60),
    DESCRIPTION("Description", String.class, 260);

    final String title;
    final Class<?> type;
    final int widthPixels;

    Column(String title, Class<?> type, int widthPixels) {
      this.title = title;
      this.type = type;
      this.widthPixels = widthPixels;
    }
  }

  private transient List<ProcessRow> rows = List.of();
  private final transient Map<String, String> toldStates = new HashMap<>();

  /** Replaces all rows; the selection stays where the same processes are in the same order. */
  void show(List<ProcessRow> processes) {
    boolean same =
        rows.stream()
            .map(ProcessRow::namespec)
            .toList()
            .equals(processes.stream().map(ProcessRow::namespec).toList());
    rows = List.copyOf(processes);
    toldStates.clear();
    if (!same) {
      fireTableDataChanged();
    } else if (!rows.isEmpty()) {
      fireTableRowsUpdated(0, rows.size() - 1);
    }
  }

  /** Shows a state that a notification reported. */
  void tell(String namespec, String stateName) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).namespec().equals(namespec)) {
        toldStates.put(namespec, stateName);
        fireTableRowsUpdated(i, i);
      }
    }
  }

  /** The process of a row. */
  ProcessRow row(int index) {
    return rows.get(index);
  }

  /** What a filter looks into: name, state and description of a row, in lower case. */
  String searchText(int index) {
    ProcessRow row = rows.get(index);
    return String.join(" ", row.namespec(), state(row), row.description()).toLowerCase(Locale.ROOT);
  }

  /** How many processes are in which state, for the line below the table. */
  String summary() {
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(r -> counts.merge(state(r), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((state, count) -> parts.add(count + " " + state));
    return rows.size() + " processes: " + String.join(", ", parts);
  }

  private String state(ProcessRow row) {
    return toldStates.getOrDefault(row.namespec(), row.stateName());
  }

  @Override
  public int getRowCount() {
    return rows.size();
  }

  @Override
  public int getColumnCount() {
    return Column.values().length;
  }

  @Override
  public String getColumnName(int column) {
    return Column.values()[column].title;
  }

  @Override
  public Class<?> getColumnClass(int column) {
    return Column.values()[column].type;
  }

  /** Null, which a table shows as nothing, where a process that does not run has no value. */
  @Override
  public Object getValueAt(int rowIndex, int column) {
    ProcessRow row = rows.get(rowIndex);
    return switch (Column.values()[column]) {
      case PROCESS -> row.shortName();
      case STATE -> state(row);
      case PID -> row.pid() == 0 ? null : row.pid();
      case CPU -> row.pid() == 0 ? null : row.cpuPercent();
      case MEMORY -> row.pid() == 0 ? null : row.residentBytes();
      case UPTIME -> row.pid() == 0 ? null : row.uptimeSeconds();
      case RESTARTS -> row.restarts();
      case DESCRIPTION -> row.description();
    };
  }
}
