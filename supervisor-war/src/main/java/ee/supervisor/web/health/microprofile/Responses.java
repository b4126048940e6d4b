package ee.supervisor.web.health.microprofile;

import ee.supervisor.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Our checks in MicroProfile's classes. */
final class Responses {

  private Responses() {}

  static HealthCheckResponse of(HealthCheck check) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named(check.name()).status(check.up());
    check.data().forEach((key, value) -> response.withData(key, value.toString()));
    return response.build();
  }
}
