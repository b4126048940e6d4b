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

  @Test
  void manyThatNeedManyAreTiedOnce() {
    List<String> nodes = List.of("web1", "web2", "db1", "db2", "log");
    DependencyGraph<String> graph =
        DependencyGraph.ofTies(
            nodes,
            List.of(
                new DependencyGraph.Tie<>(List.of("db1", "db2"), List.of("web1", "web2")),
                new DependencyGraph.Tie<>(List.of("gone"), List.of("log"))));

    assertThat(graph.startOrder()).containsExactly("db1", "db2", "web1", "web2", "log");
    assertThat(graph.neededBy("db1")).containsExactly("web1", "web2");
    assertThat(graph.neededBy("db2")).isSameAs(graph.neededBy("db1"));
    assertThat(graph.withDependents(List.of("db2")))
        .containsExactlyInAnyOrder("db2", "web1", "web2");
    assertThat(graph.unneeded(nodes, "web1"::equals)).containsExactly("web1", "web2", "log");
    assertThat(graph.unneeded(nodes, name -> name.startsWith("web"))).hasSameElementsAs(nodes);
  }

  @Test
  void whoIsAmongThoseThatItNeedsNeedsTheOthers() {
    DependencyGraph<String> graph =
        DependencyGraph.ofTies(
            List.of("a", "b"), List.of(new DependencyGraph.Tie<>(List.of("a", "b"), List.of("a"))));

    assertThat(graph.startOrder()).containsExactly("b", "a");
    assertThat(graph.neededBy("b")).containsExactly("a");
    assertThat(graph.neededBy("a")).isEmpty();
  }
}
