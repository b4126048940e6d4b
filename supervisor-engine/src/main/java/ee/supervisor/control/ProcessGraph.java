package ee.supervisor.control;

import ee.supervisor.process.DependencyLink;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UnmetNeed;
import ee.supervisor.protocol.Namespec;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who needs whom at one moment, whether what is needed is there, and what start-up took its time
 * for.
 *
 * @param nodes every process of the active groups
 * @param edges their needs
 * @param startUp how long it took until all that starts with supervisord was there
 * @param criticalPath what was critical in it
 */
public record ProcessGraph(
    List<ProcessInfo> nodes,
    List<Edge> edges,
    StartUp startUp,
    List<StartUp.Critical> criticalPath) {

  public ProcessGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    criticalPath = List.copyOf(criticalPath);
  }

  /** A need, and whether it is met. */
  public record Edge(DependencyLink link, boolean met) {}

  /** The graph as it is now. */
  public static ProcessGraph of(Supervisor supervisor) {
    List<ProcessInfo> nodes = supervisor.processes();
    Map<String, ProcessInfo> byName = new HashMap<>();
    nodes.forEach(process -> byName.put(name(process), process));
    List<DependencyLink> links = supervisor.dependencies();
    StartUp startUp = supervisor.startUp();
    return new ProcessGraph(
        nodes,
        links.stream()
            .map(
                link -> new Edge(link, link.isMetBy(Optional.ofNullable(byName.get(link.needs())))))
            .toList(),
        startUp,
        startUp.critical(links));
  }

  private static String name(ProcessInfo process) {
    return Namespec.of(process.group(), process.name());
  }

  /** All of it as maps, lists, texts, numbers and booleans, for doors that send it. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("nodes", nodes.stream().map(ProcessGraph::document).toList());
    document.put("edges", edges.stream().map(ProcessGraph::document).toList());
    Map<String, Object> start = new LinkedHashMap<>();
    start.put("over", startUp.over());
    start.put("tookSeconds", seconds(startUp.took()));
    start.put("criticalPath", criticalPath.stream().map(ProcessGraph::document).toList());
    document.put("startUp", start);
    return document;
  }

  private static Map<String, Object> document(ProcessInfo process) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name(process));
    document.put("state", process.state().name());
    document.put("ready", process.ready().orElse(null));
    document.put("waitsFor", process.waitsFor().stream().map(UnmetNeed::toString).toList());
    return document;
  }

  private static Map<String, Object> document(Edge edge) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("process", edge.link().process());
    document.put("needs", edge.link().needs());
    document.put("condition", edge.link().condition().lowerCase());
    document.put("met", edge.met());
    return document;
  }

  private static Map<String, Object> document(StartUp.Critical step) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("process", step.process());
    document.put("fromSeconds", seconds(step.from()));
    document.put("toSeconds", seconds(step.to()));
    return document;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
