package ee.supervisor.xmlrpc;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.config.Role;
import ee.supervisor.control.StartUp;
import ee.supervisor.control.Supervisor;
import ee.supervisor.process.DependencyLink;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UnmetNeed;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.rpc.RpcMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The method that tells who needs whom, and how long it took to start them. */
final class GraphMethods {
  private final Supervisor supervisor;

  GraphMethods(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  List<RpcMethod> all() {
    return List.of(
        RpcMethod.named("getGraph")
            .describedAs("Tells which processes need which, and what their start-up was due to.")
            .returns("struct", "processes, links, startup; times in milliseconds")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(graph())));
  }

  private Map<String, Object> graph() {
    List<DependencyLink> links = supervisor.dependencies();
    StartUp startUp = supervisor.startUp();
    Map<String, Object> start = new LinkedHashMap<>();
    start.put("over", startUp.over());
    start.put("took", millis(startUp.took().toMillis()));
    start.put("critical", startUp.critical(links).stream().map(GraphMethods::step).toList());
    Map<String, Object> graph = new LinkedHashMap<>();
    graph.put("processes", supervisor.processes().stream().map(GraphMethods::process).toList());
    graph.put("links", links.stream().map(GraphMethods::link).toList());
    graph.put("startup", start);
    return graph;
  }

  private static Map<String, Object> process(ProcessInfo process) {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("name", Namespec.of(process.group(), process.name()));
    struct.put("statename", process.state().name());
    struct.put("ready", process.ready().map(String::valueOf).orElse(""));
    struct.put("waits_for", process.waitsFor().stream().map(UnmetNeed::toString).toList());
    return struct;
  }

  private static Map<String, Object> link(DependencyLink link) {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("process", link.process());
    struct.put("needs", link.needs());
    struct.put("condition", link.condition().lowerCase());
    return struct;
  }

  private static Map<String, Object> step(StartUp.Critical step) {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("process", step.process());
    struct.put("from", millis(step.from().toMillis()));
    struct.put("to", millis(step.to().toMillis()));
    return struct;
  }

  /** XML-RPC's numbers have 32 bits. */
  private static int millis(long millis) {
    return (int) Math.min(Integer.MAX_VALUE, millis);
  }
}
