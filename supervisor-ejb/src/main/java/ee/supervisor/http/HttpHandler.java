package ee.supervisor.http;

import java.util.concurrent.CompletionStage;

/**
 * Responds to requests, knowing nothing of the server that took them. Safe for all threads.
 *
 * <p>What the server does around each request: it counts the exchange in {@link
 * ee.supervisor.control.PendingResponses}, from before {@link #handle} until the last byte has left
 * or the client has gone (an {@link HttpResponse.Body.Endless} response only until its headers have
 * left, since nobody may wait for its end); it leaves the body out where the method is HEAD; it
 * holds what it keeps of the request and of the response in an account of {@link
 * ee.supervisor.budget.MemoryBudget}, as a handler does for what it makes in between.
 */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Responds, now or later. Called on a thread that must not be held up, an event loop: what waits
   * for a disk, or for a process, is done elsewhere.
   *
   * @return completes with the response, on any thread; exceptionally where the handler is broken,
   *     which the client sees as a 500
   */
  CompletionStage<HttpResponse> handle(HttpRequest request);
}
