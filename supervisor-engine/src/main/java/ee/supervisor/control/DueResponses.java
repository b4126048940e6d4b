package ee.supervisor.control;

import ee.supervisor.guard.Guard;
import ee.supervisor.protocol.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The responses that doors wait for: each is delivered, whatever becomes of the request. */
final class DueResponses {
  /** Failures that have a message for whoever asked, and nothing to be mended. */
  private static final List<Class<? extends Exception>> TOLD =
      List.of(IOException.class, IllegalStateException.class, IllegalArgumentException.class);

  private final Set<Response<?>> due = ConcurrentHashMap.newKeySet();
  private final Executor background;
  private final Guard guard;

  /**
   * None yet.
   *
   * @param background where whoever waits goes on: the loop runs nobody else's code
   * @param guard logs faults that are nobody's refusal
   */
  DueResponses(Executor background, Guard guard) {
    this.background = background;
    this.guard = guard;
  }

  /** A response to a request that has just arrived. */
  <T> Response<T> open() {
    Response<T> response = new Response<>();
    due.add(response);
    return response;
  }

  /** Refuses all requests whose response is not on its way: nobody is left to work on them. */
  void refuseAll() {
    due.forEach(response -> response.fail(new SupervisorException(Fault.SHUTDOWN_STATE)));
  }

  /** One response. */
  final class Response<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();

    private Response() {}

    CompletionStage<T> stage() {
      return future;
    }

    /** Gives it. */
    void deliver(T value) {
      due.remove(this);
      background.execute(() -> future.complete(value));
    }

    /** Refuses it: the client gets a fault it can understand, the log what else it is. */
    void fail(Throwable error) {
      due.remove(this);
      SupervisorException refusal = refusal(error);
      background.execute(() -> future.completeExceptionally(refusal));
    }
  }

  private SupervisorException refusal(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof SupervisorException refused) {
      return refused;
    }
    if (TOLD.stream().noneMatch(kind -> kind.isInstance(cause))) {
      guard.report("a command", cause);
      return SupervisorException.unexpected(cause);
    }
    return new SupervisorException(Fault.FAILED, String.valueOf(cause.getMessage()));
  }
}
