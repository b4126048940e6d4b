package ee.supervisor.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.web.page.GraphLayout.Edge;
import ee.supervisor.web.page.GraphLayout.Point;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphLayoutTest {

  @Test
  void whatIsNeededStandsLeftOfWhatNeedsIt() {
    GraphLayout layout =
        new GraphLayout(
            List.of("web", "app", "db", "alone"),
            List.of(new Edge("db", "app"), new Edge("app", "web"), new Edge("db", "web")));

    assertThat(layout.boxed()).containsExactlyInAnyOrder("web", "app", "db");
    assertThat(layout.corner("db").x()).isLessThan(layout.corner("app").x());
    assertThat(layout.corner("app").x()).isLessThan(layout.corner("web").x());
    assertThat(layout.path(new Edge("db", "web"))).startsWith("M190 ").contains(" H");
  }

  @Test
  void noBoxLiesOnAnotherHoweverManyThereAre() {
    Random random = new Random(7);
    List<String> names = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      names.add("p" + i);
      for (int j = 0; j < 2 && i > 0; j++) {
        edges.add(new Edge("p" + random.nextInt(i), "p" + i));
      }
    }
    GraphLayout layout = new GraphLayout(names, edges);

    Set<Point> corners = new HashSet<>();
    names.forEach(name -> assertThat(corners.add(layout.corner(name))).isTrue());
    assertThat(layout.edges()).allMatch(edge -> !layout.path(edge).isEmpty());
    assertThat(corners)
        .allMatch(
            corner -> corner.y() >= 0 && corner.y() + GraphLayout.BOX_HEIGHT <= layout.height());
  }

  @Test
  void aRingDoesNotHangIt() {
    GraphLayout layout =
        new GraphLayout(List.of("a", "b"), List.of(new Edge("a", "b"), new Edge("b", "a")));
    assertThat(layout.boxed()).hasSize(2);
    assertThat(layout.edges()).allMatch(edge -> layout.path(edge).startsWith("M"));
  }

  @Test
  void withoutEdgesThereIsNothingToDraw() {
    GraphLayout layout = new GraphLayout(List.of("a", "b"), List.of());
    assertThat(layout.isEmpty()).isTrue();
    assertThat(layout.width()).isZero();
    assertThat(layout.height()).isZero();
  }
}
