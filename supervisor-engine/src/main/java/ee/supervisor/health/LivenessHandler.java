package ee.supervisor.health;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.control.Supervisor;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code /health/live}: whether the control loop turns, 200 when it does and 503 when not. */
public final class LivenessHandler implements HttpHandler {
  private static final String PATH = "/health/live";

  private final Supplier<Optional<Supervisor>> supervisor;

  /**
   * @param supervisor who is asked, if there is one now
   */
  public LivenessHandler(Supplier<Optional<Supervisor>> supervisor) {
    this.supervisor = supervisor;
  }

  /** Whether a request for {@code path} is for this handler. */
  public static boolean matches(String path) {
    return path.equals(PATH);
  }

  @Override
  public CompletionStage<HttpResponse> handle(HttpRequest request) {
    return switch (request.method()) {
      case "GET", "HEAD" ->
          supervisor
              .get()
              .map(HealthChecks::controlLoop)
              .orElseGet(() -> completedStage(HealthChecks.nobody()))
              .thenApply(check -> HealthResponse.of(List.of(check)));
      case "OPTIONS" ->
          completedStage(
              readOnly(new HttpResponse(200, Map.of(), new HttpResponse.Body.Whole(new byte[0]))));
      default -> completedStage(readOnly(HttpResponse.error(405)));
    };
  }

  private static HttpResponse readOnly(HttpResponse response) {
    Map<String, String> headers = new LinkedHashMap<>(response.headers());
    headers.put("Allow", "GET, HEAD, OPTIONS");
    return new HttpResponse(response.status(), headers, response.body());
  }
}
