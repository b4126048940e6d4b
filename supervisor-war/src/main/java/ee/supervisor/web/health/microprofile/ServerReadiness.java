package ee.supervisor.web.health.microprofile;

import ee.supervisor.control.Handover;
import ee.supervisor.health.HealthChecks;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Gives the server's own MicroProfile Health what {@code /health/ready} says. */
@Readiness
@ApplicationScoped
public class ServerReadiness implements org.eclipse.microprofile.health.HealthCheck {

  @Override
  public HealthCheckResponse call() {
    return Responses.of(
        Handover.current().map(HealthChecks::programs).orElseGet(HealthChecks::nobody));
  }
}
