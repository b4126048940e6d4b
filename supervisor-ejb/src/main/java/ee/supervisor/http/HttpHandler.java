package ee.supervisor.http;

import java.util.concurrent.CompletionStage;

/** Responds to requests, knowing nothing of the server that took them. Safe for all threads. */
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
