package ee.supervisor.web.xmlrpc;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.util.List;
import java.util.Map;

/** A namespace of a third party: one method says who may call it, another does not. */
public final class GreetingInterface implements RpcInterfaceFactory {

  @Override
  public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings) {
    return List.of(
        RpcMethod.named("free")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage("hello " + arguments.caller().user().orElse("-"))),
        RpcMethod.named("undeclared").calling(arguments -> completedStage("hello")));
  }
}
