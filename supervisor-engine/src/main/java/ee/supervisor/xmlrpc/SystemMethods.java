package ee.supervisor.xmlrpc;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.Role;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import ee.supervisor.rpc.RpcMethod;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The {@code system} namespace: what can be called, and several calls in one. */
final class SystemMethods {
  private final MethodRegistry registry;
  private final MemoryBudget budget;
  private final Executor executor;

  SystemMethods(MethodRegistry registry, MemoryBudget budget, Executor executor) {
    this.registry = registry;
    this.budget = budget;
    this.executor = executor;
  }

  List<RpcMethod> all() {
    return List.of(
        RpcMethod.named("listMethods")
            .describedAs("Returns the names of all methods that can be called, sorted.")
            .returns("array", "full names")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(List.copyOf(registry.methods().keySet()))),
        RpcMethod.named("methodHelp")
            .describedAs("Returns what a method does, takes and returns.")
            .parameter("string", "name", "the method's full name")
            .returns("string", "the text")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(method(arguments.values().get(0)).help())),
        RpcMethod.named("methodSignature")
            .describedAs("Returns the type of a method's result and then those of its parameters.")
            .parameter("string", "name", "the method's full name")
            .returns("array", "names of types, the result's first")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(method(arguments.values().get(0)).signature())),
        RpcMethod.named("multicall")
            .describedAs(
                "Makes several calls one after the other and returns all results at once.\n"
                    + "Each is a struct of methodName (a string) and params (an array).")
            .parameter("array", "calls", "the calls")
            .returns(
                "array",
                "for each call its result, or a struct of faultCode and faultString if it failed")
            // each call is asked for its own role
            .needs(Role.VIEWER)
            .calling(
                arguments ->
                    new Multicall(
                            registry, budget, executor, arguments.caller(), arguments.calls(0))
                        .run()));
  }

  private RpcMethod method(Object name) {
    return (name instanceof String text ? registry.find(text) : Optional.<RpcMethod>empty())
        .orElseThrow(() -> new SupervisorException(Fault.SIGNATURE_UNSUPPORTED));
  }
}
