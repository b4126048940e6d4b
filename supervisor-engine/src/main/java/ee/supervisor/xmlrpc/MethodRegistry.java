package ee.supervisor.xmlrpc;

import ee.supervisor.access.AuditLog;
import ee.supervisor.access.CallText;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Door;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.Role;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcMethod;
import ee.supervisor.rpc.RpcParameter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The methods a client can call: those registered here, by their exact names, and nothing else
 * (CVE-2017-11610). Immutable.
 */
public final class MethodRegistry {
  private final SortedMap<String, RpcMethod> methods = new TreeMap<>();
  private final AuditLog audit;

  /**
   * The methods of the namespaces given, and those of {@code system}.
   *
   * @param namespaces methods by the name of their namespace
   * @param audit where calls that change something are recorded
   * @param budget what the results of a multicall are held within
   * @param executor where the later calls of a multicall are made
   */
  MethodRegistry(
      Map<String, List<RpcMethod>> namespaces,
      AuditLog audit,
      MemoryBudget budget,
      Executor executor) {
    this.audit = audit;
    namespaces.forEach(this::add);
    add("system", new SystemMethods(this, budget, executor).all());
  }

  private void add(String namespace, List<RpcMethod> added) {
    added.forEach(method -> methods.put(namespace + "." + method.name(), method));
  }

  /** All methods by full name. */
  SortedMap<String, RpcMethod> methods() {
    return Collections.unmodifiableSortedMap(methods);
  }

  /**
   * Calls a method, if its caller may; whatever goes wrong is in the stage, never thrown.
   *
   * @param caller on whose behalf
   */
  CompletionStage<?> call(Caller caller, String name, List<?> arguments) {
    RpcMethod method = methods.get(name);
    try {
      if (method == null) {
        throw new SupervisorException(Fault.UNKNOWN_METHOD);
      }
      RpcArguments given = new RpcArguments(caller, arguments);
      return method.role() == Role.VIEWER ? method.call(given) : write(name, method, given);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<?> write(String name, RpcMethod method, RpcArguments arguments) {
    List<String> parameters = method.parameters().stream().map(RpcParameter::name).toList();
    String what = CallText.of(name, parameters, arguments.values());
    return audit.carryOut(
        Door.XMLRPC,
        arguments.caller(),
        method.role(),
        what,
        () -> method.call(arguments).thenApply(Function.<Object>identity()));
  }
}
