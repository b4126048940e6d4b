package ee.supervisor.door.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.control.Supervisor;
import ee.supervisor.door.Doors;
import ee.supervisor.door.http.ErrorPage;
import ee.supervisor.door.http.ReadOnlyServlet;
import ee.supervisor.door.http.ResponseBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /health}, {@code /health/live}, {@code /health/ready}: in the form of MicroProfile Health,
 * 200 when up and 503 when not. Our own, since the server's is not always there.
 */
public final class HealthServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Supervisor> supervisor = Doors.of(getServletContext()).supervisor();
    String which = Optional.ofNullable(request.getPathInfo()).orElse("/");
    AsyncContext context;
    switch (which) {
      case "/", "/live", "/ready", "/started" -> context = request.startAsync();
      default -> {
        ErrorPage.send(response, HttpServletResponse.SC_NOT_FOUND);
        return;
      }
    }
    if (supervisor.isEmpty()) {
      send(context, List.of(HealthChecks.nobody()));
    } else if (which.equals("/ready") || which.equals("/started")) {
      send(context, List.of(HealthChecks.programs(supervisor.get())));
    } else {
      live(supervisor.get(), context, which.equals("/"));
    }
  }

  private void live(Supervisor supervisor, AsyncContext context, boolean all) {
    HealthChecks.controlLoop(supervisor)
        .thenAcceptAsync(
            loop ->
                send(
                    context,
                    all ? List.of(loop, HealthChecks.programs(supervisor)) : List.of(loop)),
            Doors.of(getServletContext()).executor());
  }

  private static void send(AsyncContext context, List<HealthCheck> checks) {
    boolean up = checks.stream().allMatch(HealthCheck::up);
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", HealthCheck.status(up));
    body.put("checks", checks.stream().map(HealthCheck::members).toList());
    ResponseBody.send(context, (JsonWriter.string(body) + "\n").getBytes(UTF_8));
  }
}
