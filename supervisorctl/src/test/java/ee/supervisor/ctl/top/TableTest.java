package ee.supervisor.ctl.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table = new Table();

  private static Program program(String name, String state, double cpu) {
    return new Program(
        name + ":" + name,
        name,
        state,
        state.equals("RUNNING") ? 100 : 0,
        1000,
        0,
        "",
        OptionalDouble.of(cpu),
        OptionalLong.of(1 << 20),
        OptionalLong.of(0));
  }

  private List<String> names() {
    return table.shown().stream().map(Program::name).toList();
  }

  @Test
  void whatNeedsAttentionStandsFirst() {
    table.programs(
        List.of(
            program("b", "RUNNING", 1),
            program("a", "RUNNING", 2),
            program("c", "FATAL", 0),
            program("d", "STOPPED", 0)));
    assertThat(names()).containsExactly("c", "d", "a", "b");
    table.sort(Column.CPU);
    assertThat(names()).containsExactly("a", "b", "c", "d");
    table.sort(Column.CPU);
    assertThat(names()).containsExactly("d", "c", "b", "a");
  }

  @Test
  void theSelectionStaysWithItsProgram() {
    table.programs(List.of(program("a", "RUNNING", 1), program("b", "RUNNING", 2)));
    table.move(1);
    assertThat(table.meant()).extracting(Program::name).containsExactly("b");
    table.programs(List.of(program("a", "RUNNING", 1), program("b", "FATAL", 0)));
    assertThat(table.meant()).extracting(Program::name).containsExactly("b");
    table.programs(List.of(program("a", "RUNNING", 1)));
    assertThat(table.meant()).extracting(Program::name).containsExactly("a");
    table.programs(List.of());
    assertThat(table.meant()).isEmpty();
    table.toggle();
    table.move(-1);
  }

  @Test
  void marksAreMeantBeforeTheSelectionAndGoWithTheirProgram() {
    table.programs(
        List.of(program("a", "RUNNING", 1), program("b", "RUNNING", 1), program("c", "FATAL", 1)));
    table.filter("running");
    table.markShown();
    table.filter("");
    assertThat(table.meant()).extracting(Program::name).containsExactlyInAnyOrder("a", "b");
    table.programs(List.of(program("b", "RUNNING", 1)));
    assertThat(table.marks()).isEqualTo(1);
  }

  @Test
  void theSelectionIsAlwaysInView() {
    List<Program> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(program("p%03d".formatted(i), "RUNNING", i));
    }
    table.programs(many);
    table.move(500);
    assertThat(table.top(20)).isEqualTo(481);
    table.move(Integer.MAX_VALUE / 2);
    assertThat(table.top(20)).isEqualTo(980);
    table.move(Integer.MIN_VALUE / 2);
    assertThat(table.top(20)).isZero();
    table.filter("p99");
    assertThat(table.shown()).hasSize(10);
    assertThat(table.top(20)).isZero();
  }

  @Test
  void aScreenOfAnySizeIsFilledAndNoLineIsLonger() {
    table.programs(List.of(program("ünïcode漢字", "RUNNING", 1), program("b", "FATAL", 0)));
    View view = new View("unix:///run/supervisor.sock", true);
    for (int rows = 1; rows < 30; rows++) {
      for (int columns = 1; columns < 140; columns++) {
        List<AttributedString> lines = view.table(table, true, "bottom", rows, columns, 2000);
        assertThat(lines).hasSize(rows);
        for (AttributedString line : lines) {
          assertThat(line.columnLength()).isLessThanOrEqualTo(columns);
        }
      }
    }
  }
}
