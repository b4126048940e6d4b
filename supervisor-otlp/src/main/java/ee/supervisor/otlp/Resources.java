package ee.supervisor.otlp;

import ee.supervisor.telemetry.Origin;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;

/** What OpenTelemetry calls a resource: which supervisord sends, by the semantic conventions. */
final class Resources {
  private Resources() {}

  /** What the environment says goes before what supervisord knows. */
  static Resource of(Origin origin, Variables variables) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put("service.name", "supervisord")
            .put("service.instance.id", origin.host() + ":" + origin.identifier())
            .put("host.name", origin.host())
            .put("process.pid", origin.pid());
    variables.resourceAttributes().forEach((name, value) -> attributes.put(name, value));
    variables.serviceName().ifPresent(name -> attributes.put("service.name", name));
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }
}
