package ee.supervisor.web.health.microprofile;

import ee.supervisor.control.Handover;
import ee.supervisor.health.HealthChecks;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Gives the server's own MicroProfile Health what {@code /health/live} says; waits for the control
 * loop, as that interface wants.
 */
@Liveness
@ApplicationScoped
public class ServerLiveness implements org.eclipse.microprofile.health.HealthCheck {

  @Override
  public HealthCheckResponse call() {
    return Responses.of(
        Handover.current()
            .map(supervisor -> HealthChecks.controlLoop(supervisor).toCompletableFuture().join())
            .orElseGet(HealthChecks::nobody));
  }
}
