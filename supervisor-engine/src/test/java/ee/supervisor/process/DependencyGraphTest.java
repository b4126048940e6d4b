package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DependencyGraphTest {
  private static DependencyGraph<String> graph(
      List<String> nodes, Map<String, List<String>> needs) {
    return new DependencyGraph<>(nodes, node -> needs.getOrDefault(node, List.of()));
  }

  @Test
  void whatNeedsNothingStaysAsItWasGiven() {
    assertThat(graph(List.of("b", "a", "c"), Map.of()).startOrder()).containsExactly("b", "a", "c");
  }

  @Test
  void eachComesAfterWhatItNeedsAndElseAsGiven() {
    DependencyGraph<String> graph =
        graph(
            List.of("web", "cache", "db", "log"),
            Map.of("web", List.of("db", "cache"), "cache", List.of("db")));
    assertThat(graph.startOrder()).containsExactly("db", "cache", "web", "log");
  }

  @Test
  void dependentsAreFoundThroughOthers() {
    DependencyGraph<String> graph =
        graph(
            List.of("web", "cache", "db", "log"),
            Map.of("web", List.of("cache"), "cache", List.of("db")));
    assertThat(graph.withDependents(List.of("db"))).containsExactlyInAnyOrder("db", "cache", "web");
    assertThat(graph.neededBy("db")).containsExactly("cache");
  }

  @Test
  void whatIsNotThereIsLeftOut() {
    assertThat(graph(List.of("web"), Map.of("web", List.of("db"))).startOrder())
        .containsExactly("web");
  }

  @Test
  void aRingIsCutSoThatNothingHasToStopBeforeItself() {
    DependencyGraph<String> graph =
        graph(List.of("a", "b", "c"), Map.of("a", List.of("b"), "b", List.of("a")));
    assertThat(graph.startOrder()).containsExactly("c", "a", "b");
    assertThat(graph.neededBy("a")).containsExactly("b");
    assertThat(graph.neededBy("b")).isEmpty();
  }

  @Test
  void aLongChainTakesNoStack() {
    List<String> nodes = IntStream.range(0, 50_000).mapToObj(String::valueOf).toList();
    DependencyGraph<String> graph =
        new DependencyGraph<>(
            nodes,
            node -> {
              int number = Integer.parseInt(node);
              return number == nodes.size() - 1 ? List.of() : List.of(nodes.get(number + 1));
            });
    assertThat(graph.startOrder().get(0)).isEqualTo("49999");
    assertThat(graph.withDependents(List.of("49999"))).hasSize(50_000);
  }
}
