package ee.supervisor.xmlrpc;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.config.Dependency;
import ee.supervisor.config.Role;
import ee.supervisor.control.ProcessResult;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.DependencyLink;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UnmetNeed;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The methods about who needs whom. */
final class DependencyMethods {
  private static final String NAME = "its name, group:name, or group:* for all of a group";

  private final Supervisor supervisor;

  DependencyMethods(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  List<RpcMethod> all() {
    return List.of(
        command("startAlone", "Starts a process, or those of a group, whatever they need.")
            .optional("boolean", "wait", "answer only when they run; true if left out")
            .returns("array", "a struct for each")
            .calling(this::startAlone),
        command("stopWithDependents", "Stops a process or group, and before it who needs it.")
            .optional("boolean", "wait", "answer only when all have stopped; true if left out")
            .returns("array", "a struct for each")
            .calling(this::stopWithDependents),
        RpcMethod.named("getDependents")
            .describedAs("Tells which running processes need a process or one of a group.")
            .parameter("string", "name", NAME)
            .returns("array", "their names")
            .needs(Role.VIEWER)
            .calling(a -> completedStage(supervisor.dependents(a.name(0)))),
        RpcMethod.named("getAllWaits")
            .describedAs("Tells what processes need and wait for, and whether they are ready.")
            .returns(
                "array",
                "a struct for each that needs something, or whose readiness is known by more than"
                    + " its state: group, name, needs, waits_for, ready")
            .needs(Role.VIEWER)
            .calling(a -> completedStage(waits())));
  }

  private static RpcMethod.Builder command(String name, String description) {
    return RpcMethod.named(name)
        .describedAs(description)
        .parameter("string", "name", NAME)
        .needs(Role.OPERATOR);
  }

  private CompletionStage<?> startAlone(RpcArguments arguments) {
    String name = arguments.name(0);
    boolean wait = arguments.truth(1, true);
    Namespec namespec = Namespec.parse(name);
    return namespec.process().isPresent()
        ? supervisor.startProcessAlone(name, wait).thenApply(done -> done(name))
        : supervisor.startGroupAlone(namespec.group(), wait).thenApply(ProcessResultStruct::all);
  }

  private List<?> done(String name) {
    ProcessInfo process = supervisor.process(name);
    return ProcessResultStruct.all(
        List.of(new ProcessResult(process.group(), process.name(), Fault.SUCCESS, "OK")));
  }

  private CompletionStage<?> stopWithDependents(RpcArguments arguments) {
    String name = arguments.name(0);
    boolean wait = arguments.truth(1, true);
    Namespec namespec = Namespec.parse(name);
    CompletionStage<List<ProcessResult>> results =
        namespec.process().isPresent()
            ? supervisor.stopProcessWithDependents(name, wait)
            : supervisor.stopGroupWithDependents(namespec.group(), wait);
    return results.thenApply(
        all -> {
          if (all.isEmpty() && namespec.process().isPresent()) {
            throw new SupervisorException(Fault.NOT_RUNNING, name);
          }
          return ProcessResultStruct.all(all);
        });
  }

  private List<Map<String, Object>> waits() {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    for (DependencyLink link : supervisor.dependencies()) {
      needs
          .computeIfAbsent(link.process(), p -> new ArrayList<>())
          .add(link.needs() + " " + lowerCase(link.condition()));
    }
    return supervisor.processes().stream()
        .filter(p -> needs.containsKey(name(p)) || p.ready().isPresent())
        .map(
            p -> {
              Map<String, Object> struct = new LinkedHashMap<>();
              struct.put("group", p.group());
              struct.put("name", p.name());
              struct.put("needs", needs.getOrDefault(name(p), List.of()));
              struct.put("waits_for", p.waitsFor().stream().map(UnmetNeed::toString).toList());
              struct.put("ready", p.ready().orElse(p.state() == ProcessState.RUNNING));
              return struct;
            })
        .toList();
  }

  private static String name(ProcessInfo process) {
    return Namespec.of(process.group(), process.name());
  }

  private static String lowerCase(Dependency.Condition condition) {
    return condition.lowerCase();
  }
}
