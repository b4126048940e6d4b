package ee.supervisor.xmlrpc;

import ee.supervisor.access.Caller;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.http.ServerThreads;
import ee.supervisor.protocol.Fault;
import ee.supervisor.rpc.RpcArguments;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Several calls made strictly one after the other; one that waits holds up the rest, but no thread,
 * and many that do not wait hold one up for a moment only. Each result is written as soon as it is
 * there, so that they take no more memory than the response.
 *
 * <p>Used by one request; its steps follow one another, on one thread at a time.
 */
final class Multicall {
  /** More calls than any client makes. */
  static final int MAX_CALLS = 10_000;

  /** For how long calls are made, before others get their turn, on a thread that serves all. */
  private static final long TURN_NANOS = Duration.ofNanos(200_000).toNanos();

  /** The same where only work is done: as a rule to the end, for what is begun takes memory. */
  private static final long LONG_TURN_NANOS = Duration.ofMillis(20).toNanos();

  private final MethodRegistry registry;
  private final Executor executor;
  private final Caller caller;
  private final Iterator<?> calls;
  private final MemoryBudget.Account account;
  private final XmlOutput results;
  private final ValueWriter writer;
  private final CompletableFuture<RpcResponse> done = new CompletableFuture<>();

  /**
   * Checks the calls without making one.
   *
   * @param budget what the results are held within
   * @param executor where calls are made that come after one that took time
   * @param caller on whose behalf
   * @param calls structs
   * @throws SupervisorException INCORRECT_PARAMETERS when they are too many
   */
  Multicall(
      MethodRegistry registry,
      MemoryBudget budget,
      Executor executor,
      Caller caller,
      List<?> calls) {
    if (calls.size() > MAX_CALLS) {
      throw new SupervisorException(Fault.INCORRECT_PARAMETERS);
    }
    this.registry = registry;
    this.executor = executor;
    this.caller = caller;
    this.calls = calls.iterator();
    account = budget.open();
    results = new XmlOutput(budget, account);
    writer = new ValueWriter(results);
  }

  /** Makes the calls; completes with all results as they are sent, faults among them. */
  CompletionStage<RpcResponse> run() {
    guarded(
        () -> {
          writer.beginArray();
          makeCalls();
        });
    return done;
  }

  /** Some of the work. */
  @FunctionalInterface
  private interface Step {
    void run() throws UnwritableResultException;
  }

  /** Whatever goes wrong, whoever waits for the results learns of it. */
  private void guarded(Step step) {
    try {
      step.run();
    } catch (UnwritableResultException | RuntimeException | Error e) {
      results.response().close();
      account.close();
      done.completeExceptionally(e);
    }
  }

  /** Calls on until one has to be waited for; a loop, since a thousand results may come at once. */
  private void makeCalls() throws UnwritableResultException {
    long begun = System.nanoTime();
    long turn = ServerThreads.isWorking() ? LONG_TURN_NANOS : TURN_NANOS;
    while (calls.hasNext()) {
      if (System.nanoTime() - begun > turn) {
        executor.execute(() -> guarded(this::makeCalls));
        return;
      }
      CompletableFuture<?> result = next((Map<?, ?>) calls.next()).toCompletableFuture();
      if (!result.isDone()) {
        CompletionStage<?> later = result;
        later.whenCompleteAsync(
            (value, failure) ->
                guarded(
                    () -> {
                      add(result);
                      makeCalls();
                    }),
            executor);
        return;
      }
      add(result);
    }
    writer.endArray();
    RpcResponse all = results.response();
    // whoever takes it holds it in an account of its own
    account.close();
    done.complete(all);
  }

  private void add(CompletableFuture<?> result) throws UnwritableResultException {
    Object value;
    try {
      value = result.join();
    } catch (CompletionException | CancellationException e) {
      value = XmlRpcFault.of(e);
    }
    ResponseWriter.value(writer, value);
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
