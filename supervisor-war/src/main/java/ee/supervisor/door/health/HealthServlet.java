package ee.supervisor.door.health;

import ee.supervisor.control.Supervisor;
import ee.supervisor.door.Doors;
import ee.supervisor.door.http.ErrorPage;
import ee.supervisor.door.http.ReadOnlyServlet;
import ee.supervisor.door.http.ResponseBody;
import ee.supervisor.health.HealthCheck;
import ee.supervisor.health.HealthChecks;
import ee.supervisor.health.HealthResponse;
import ee.supervisor.http.HttpResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code /health} and {@code /health/ready}: in the form of MicroProfile Health, 200 when up and
 * 503 when not. Our own, since the server's is not always there. {@code /health/live} needs no
 * container: {@link ee.supervisor.health.LivenessHandler}.
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
      case "/", "/ready", "/started" -> context = request.startAsync();
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
      all(supervisor.get(), context);
    }
  }

  private void all(Supervisor supervisor, AsyncContext context) {
    HealthChecks.controlLoop(supervisor)
        .thenAcceptAsync(
            loop -> send(context, List.of(loop, HealthChecks.programs(supervisor))),
            Doors.of(getServletContext()).executor());
  }

  private static void send(AsyncContext context, List<HealthCheck> checks) {
    HttpResponse answer = HealthResponse.of(checks);
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    ResponseBody.send(context, ((HttpResponse.Body.Whole) answer.body()).bytes());
  }
}
