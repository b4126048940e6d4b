package ee.supervisor.front;

import ee.supervisor.http.HttpHandler;
import java.util.Optional;

/** Knows which requests are answered here; all others are passed on. */
@FunctionalInterface
public interface RequestHandlers {

  /**
   * Finds who answers.
   *
   * @param path decoded, without the query
   */
  Optional<HttpHandler> find(String path);
}
