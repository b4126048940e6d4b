package ee.supervisor.door.xmlrpc;

import ee.supervisor.control.Fault;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcMethod;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The methods a client can call: those registered here, by their exact names, and nothing else
 * (CVE-2017-11610). Immutable.
 */
public final class MethodRegistry {
  private final SortedMap<String, RpcMethod> methods = new TreeMap<>();

  /**
   * The methods of the namespaces given, and those of {@code system}.
   *
   * @param namespaces methods by the name of their namespace
   * @param executor where the later calls of a multicall are made
   */
  MethodRegistry(Map<String, List<RpcMethod>> namespaces, Executor executor) {
    namespaces.forEach(this::add);
    add("system", new SystemMethods(this, executor).all());
  }

  private void add(String namespace, List<RpcMethod> added) {
    added.forEach(method -> methods.put(namespace + "." + method.name(), method));
  }

  /** All methods by full name. */
  SortedMap<String, RpcMethod> methods() {
    return Collections.unmodifiableSortedMap(methods);
  }

  /** Calls a method; whatever goes wrong is in the stage, never thrown. */
  CompletionStage<?> call(String name, List<?> arguments) {
    RpcMethod method = methods.get(name);
    try {
      if (method == null) {
        throw new SupervisorException(Fault.UNKNOWN_METHOD);
      }
      return method.call(new RpcArguments(arguments));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
