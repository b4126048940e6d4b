package ee.supervisor.xmlrpc;

import ee.supervisor.config.Role;
import ee.supervisor.control.RollOptions;
import ee.supervisor.control.RollReport;
import ee.supervisor.control.Supervisor;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The methods that restart processes one after the other. */
final class RollMethods {
  private final Supervisor supervisor;

  RollMethods(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  List<RpcMethod> all() {
    return List.of(
        command("rollProcess", "Restarts a process, or those of a group one after the other.")
            .parameter("string", "name", "its name, group:name, or group:* for all of a group")
            .optional("int", "batch", "how many at a time; 1 if left out")
            .optional("int", "timeout", "seconds until each has to be ready; 300 if left out")
            .calling(this::roll),
        command("rollAllProcesses", "Restarts all processes one after the other.")
            .optional("int", "batch", "how many at a time; 1 if left out")
            .optional("int", "timeout", "seconds until each has to be ready; 300 if left out")
            .calling(a -> structs(supervisor.rollAll(options(a, 0)))));
  }

  private static RpcMethod.Builder command(String name, String description) {
    return RpcMethod.named(name)
        .describedAs(description)
        .returns("struct", "complete, results, old, problem")
        .needs(Role.OPERATOR);
  }

  private CompletionStage<?> roll(RpcArguments arguments) {
    String name = arguments.name(0);
    RollOptions options = options(arguments, 1);
    Namespec namespec = Namespec.parse(name);
    return structs(
        namespec.process().isPresent()
            ? supervisor.rollProcess(name, options)
            : supervisor.rollGroup(namespec.group(), options));
  }

  private static RollOptions options(RpcArguments arguments, int first) {
    return RollOptions.of(number(arguments, first), number(arguments, first + 1));
  }

  /** Null where it was left out. */
  private static Long number(RpcArguments arguments, int index) {
    return arguments.has(index) ? (Long) arguments.number(index) : null;
  }

  private static CompletionStage<?> structs(CompletionStage<RollReport> roll) {
    return roll.thenApply(
        report -> {
          Map<String, Object> struct = new LinkedHashMap<>();
          struct.put("complete", report.isComplete());
          struct.put("results", ProcessResultStruct.all(report.results()));
          struct.put("old", report.old());
          struct.put("problem", report.problem().orElse(""));
          return struct;
        });
  }
}
