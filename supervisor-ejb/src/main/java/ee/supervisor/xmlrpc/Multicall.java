package ee.supervisor.xmlrpc;

import ee.supervisor.access.Caller;
import ee.supervisor.control.Fault;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.rpc.RpcArguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Several calls made strictly one after the other; one that waits holds up the rest, but no thread.
 * Used by one request; its steps follow one another, on one thread at a time.
 */
final class Multicall {
  /** More calls than any client makes; a bound on the memory of the answer. */
  static final int MAX_CALLS = 10_000;

  private final MethodRegistry registry;
  private final Executor executor;
  private final Caller caller;
  private final Iterator<?> calls;
  private final List<Object> results = new ArrayList<>();
  private final CompletableFuture<List<Object>> done = new CompletableFuture<>();

  /**
   * Checks the calls without making one.
   *
   * @param executor where calls are made that come after one that took time
   * @param caller on whose behalf
   * @param calls structs
   * @throws SupervisorException INCORRECT_PARAMETERS when they are too many
   */
  Multicall(MethodRegistry registry, Executor executor, Caller caller, List<?> calls) {
    if (calls.size() > MAX_CALLS) {
      throw new SupervisorException(Fault.INCORRECT_PARAMETERS);
    }
    this.registry = registry;
    this.executor = executor;
    this.caller = caller;
    this.calls = calls.iterator();
  }

  /** Makes the calls; completes with all results, faults among them. */
  CompletionStage<List<Object>> run() {
    proceed();
    return done;
  }

  /** Calls on until one has to be waited for; a loop, since a thousand answers come at once. */
  private void proceed() {
    while (calls.hasNext()) {
      CompletionStage<?> result = next((Map<?, ?>) calls.next());
      if (!result.toCompletableFuture().isDone()) {
        result.whenCompleteAsync(
            (value, failure) -> {
              add(value, failure);
              proceed();
            },
            executor);
        return;
      }
      result.whenComplete(this::add);
    }
    done.complete(results);
  }

  private void add(Object value, Throwable failure) {
    results.add(failure == null ? value : RpcFault.of(failure).asStruct());
  }

  private CompletionStage<?> next(Map<?, ?> call) {
    Object name = call.get("methodName");
    if (name == null || name == RpcArguments.Nil.NIL) {
      return refused("No methodName");
    }
    if (name.equals("system.multicall")) {
      return refused("Recursive system.multicall forbidden");
    }
    Object params = call.get("params");
    if (params == null) {
      return registry.call(caller, name.toString(), List.of());
    }
    if (params instanceof List<?> list) {
      return registry.call(caller, name.toString(), list);
    }
    if (params instanceof Map<?, ?> map) {
      // Python iterates over a struct's names
      return registry.call(caller, name.toString(), List.copyOf((Collection<?>) map.keySet()));
    }
    return CompletableFuture.failedStage(new SupervisorException(Fault.INCORRECT_PARAMETERS));
  }

  private static CompletionStage<?> refused(String why) {
    return CompletableFuture.failedStage(new SupervisorException(Fault.INCORRECT_PARAMETERS, why));
  }
}
