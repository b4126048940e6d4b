package com.example;

import ee.supervisor.config.Role;
import ee.supervisor.control.ProcessResult;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The example of docs/rpcinterface.md: each job of a service is a group of processes. */
public final class Deployment implements RpcInterfaceFactory {

  @Override
  public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings) {
    List<String> clusters = List.of(settings.getOrDefault("clusters", "").split(",", -1));
    return List.of(
        RpcMethod.named("stop")
            .describedAs("Stops a job of a service.")
            .parameter("string", "service", "the service")
            .parameter("string", "cluster", "one of the configured clusters")
            .parameter("string", "job", "the job")
            .parameter("struct", "options", "wait (a boolean): return only when it has stopped")
            .returns("array", "names of the processes that were asked to stop")
            .needs(Role.OPERATOR)
            .calling(arguments -> stop(supervisor, clusters, arguments)));
  }

  private static CompletionStage<List<String>> stop(
      Supervisor supervisor, List<String> clusters, RpcArguments arguments) {
    String cluster = arguments.text(1);
    if (!clusters.contains(cluster)) {
      throw new SupervisorException(Fault.BAD_ARGUMENTS, "no cluster " + cluster);
    }
    String group = arguments.text(0) + "-" + cluster + "-" + arguments.text(2);
    boolean wait = !Boolean.FALSE.equals(arguments.struct(3).get("wait"));
    return supervisor
        .stopGroup(group, wait)
        .thenApply(results -> results.stream().map(ProcessResult::name).toList());
  }
}
