package ee.supervisor.xmlrpc;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.control.UpdateOptions;
import ee.supervisor.control.UpdatePlan;
import ee.supervisor.protocol.Fault;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcMethod;
import java.util.List;

/** The methods that plan an update, and have a group follow the configuration in place. */
final class UpdateMethods {
  private final Supervisor supervisor;

  UpdateMethods(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  List<RpcMethod> all() {
    return List.of(
        RpcMethod.named("plan")
            .describedAs("Reads the configuration and tells what an update would do.")
            .optional("boolean", "only_changed", "of a group, only the processes that changed")
            .optional("array", "groups", "names; all if left out or empty")
            .returns("struct", "added, changed, removed, starts, stops, restarts, groups")
            .needs(Role.ADMIN)
            .calling(
                arguments ->
                    supervisor
                        .plan(new UpdateOptions(groups(arguments), arguments.truth(0, false)))
                        .thenApply(UpdatePlan::document)),
        RpcMethod.named("updateProcessGroup")
            .describedAs("Has an active group follow the configuration read last.")
            .parameter("string", "name", "the group's name")
            .optional("boolean", "only_changed", "only the processes that changed")
            .returns("array", "a struct for each that was touched; none if all of it was")
            .needs(Role.ADMIN)
            .calling(
                arguments ->
                    supervisor
                        .updateGroup(arguments.text(0), arguments.truth(1, false))
                        .thenApply(ProcessResultStruct::all)),
        RpcMethod.named("getRollingGroups")
            .describedAs("Tells which groups of the configuration ask for rolling updates.")
            .returns("array", "their names")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(rollingGroups())));
  }

  private static List<String> groups(RpcArguments arguments) {
    if (!arguments.has(1)) {
      return List.of();
    }
    if (!arguments.list(1).stream().allMatch(String.class::isInstance)) {
      throw new SupervisorException(Fault.INCORRECT_PARAMETERS);
    }
    return arguments.list(1).stream().map(String.class::cast).toList();
  }

  private List<String> rollingGroups() {
    return supervisor.configuration().groups().stream()
        .filter(group -> group.processes().stream().anyMatch(ProcessConfig::rollingUpdate))
        .map(GroupConfig::name)
        .toList();
  }
}
