package ee.supervisor.front;

import ee.supervisor.http.HttpHandler;
import java.util.Optional;

/** Knows which requests are served here; all others are passed on. */
@FunctionalInterface
public interface RequestHandlers {

  /**
   * Finds who serves it.
   *
   * @param path decoded, without the query
   */
  Optional<HttpHandler> find(String path);
}
