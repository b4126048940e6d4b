package ee.supervisor.jmx.console;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.jmx.client.ProcessRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessTableModelTest {
  private final ProcessTableModel model = new ProcessTableModel();

  @Test
  void aProcessThatRunsShowsWhatItUses() {
    model.show(List.of(row("web", "a", "RUNNING", 42)));

    assertThat(values(0)).containsExactly("web:a", "RUNNING", 42, 1.5, 4096L, 60L, 0L, "fine");
  }

  @Test
  void aProcessThatDoesNotRunShowsNoNumbersOfARunningOne() {
    model.show(List.of(row("b", "b", "STOPPED", 0)));

    assertThat(values(0)).containsExactly("b", "STOPPED", null, null, null, null, 0L, "fine");
  }

  @Test
  void aStateThatANotificationToldIsShownUntilTheNextRefresh() {
    ProcessRow running = row("b", "b", "RUNNING", 42);
    model.show(List.of(running));

    model.tell("b:b", "STOPPING");
    assertThat(values(0)).contains("STOPPING");
    assertThat(model.summary()).isEqualTo("1 processes: 1 STOPPING");
    assertThat(model.searchText(0)).contains("stopping");

    model.show(List.of(running));
    assertThat(values(0)).contains("RUNNING");
  }

  private List<Object> values(int row) {
    return IntStream.range(0, model.getColumnCount())
        .mapToObj(column -> model.getValueAt(row, column))
        .collect(Collectors.toList());
  }

  private static ProcessRow row(String group, String name, String state, int pid) {
    return new ProcessRow(
        group,
        name,
        state,
        0,
        "fine",
        pid,
        60,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        0,
        "",
        "",
        "",
        0,
        1.5,
        4096);
  }
}
