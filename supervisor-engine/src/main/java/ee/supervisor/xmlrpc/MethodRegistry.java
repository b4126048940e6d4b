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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<String, RpcMethod> unlisted = new HashMap<>();
  private final AuditLog audit;

  /**
   * The methods of the namespaces given, and those of {@code system}.
   *
   * @param namespaces methods by the name of their namespace
   * @param unlisted those that can be called and that {@code system.listMethods} does not tell of
   * @param audit where calls that change something are recorded
   * @param budget what the results of a multicall are held within
   * @param executor where the later calls of a multicall are made
   */
  MethodRegistry(
      Map<String, List<RpcMethod>> namespaces,
      Map<String, List<RpcMethod>> unlisted,
      AuditLog audit,
      MemoryBudget budget,
      Executor executor) {
    this.audit = audit;
    namespaces.forEach((name, added) -> add(methods, name, added));
    unlisted.forEach((name, added) -> add(this.unlisted, name, added));
    add(methods, "system", new SystemMethods(this, budget, executor).all());
  }

  private static void add(Map<String, RpcMethod> methods, String namespace, List<RpcMethod> added) {
    added.forEach(method -> methods.put(namespace + "." + method.name(), method));
  }

  /** The method of that full name, listed or not. */
  Optional<RpcMethod> find(String name) {
    return Optional.ofNullable(methods.get(name)).or(() -> Optional.ofNullable(unlisted.get(name)));
  }

  /** The methods that are listed, by full name. */
  SortedMap<String, RpcMethod> methods() {
    return Collections.unmodifiableSortedMap(methods);
  }

  /**
   * Calls a method, if its caller may; whatever goes wrong is in the stage, never thrown.
   *
   * @param caller on whose behalf
   */
  CompletionStage<?> call(Caller caller, String name, List<?> arguments) {
    try {
      RpcMethod method =
          find(name).orElseThrow(() -> new SupervisorException(Fault.UNKNOWN_METHOD));
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
