package ee.supervisor.web.health;

import ee.supervisor.control.Supervisor;
import ee.supervisor.health.HealthChecks;
import ee.supervisor.health.HealthResponse;
import ee.supervisor.web.Doors;
import ee.supervisor.web.http.AsyncResponse;
import ee.supervisor.web.http.ErrorPage;
import ee.supervisor.web.http.ReadOnlyServlet;
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
    if (!List.of("/", "/ready", "/started").contains(which)) {
      ErrorPage.send(response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    AsyncResponse pending = Doors.of(getServletContext()).begin(request);
    if (supervisor.isEmpty()) {
      pending.send(HealthResponse.of(List.of(HealthChecks.nobody())));
    } else if (which.equals("/ready") || which.equals("/started")) {
      pending.send(HealthResponse.of(List.of(HealthChecks.programs(supervisor.get()))));
    } else {
      all(supervisor.get(), pending);
    }
  }

  private void all(Supervisor supervisor, AsyncResponse pending) {
    HealthChecks.controlLoop(supervisor)
        .thenAcceptAsync(
            loop ->
                pending.send(HealthResponse.of(List.of(loop, HealthChecks.programs(supervisor)))),
            Doors.of(getServletContext()).executor());
  }
}
