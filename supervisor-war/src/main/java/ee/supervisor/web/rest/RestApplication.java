package ee.supervisor.web.rest;

import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/**
 * What JAX-RS serves below {@code /api/v1}. Named in web.xml: found by nobody's scan, and started
 * by the first request, not with the server.
 */
public final class RestApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        ProcessesResource.class,
        GroupsResource.class,
        AllResource.class,
        SupervisorResource.class,
        ConfigurationResource.class,
        GraphResource.class,
        JsonBody.class,
        RoleFilter.class,
        KnownQuery.class,
        RelativeLocation.class,
        ProblemMapper.class);
  }

  /** None of the server's bindings: their start takes longer than all that they would save. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.disableAutoDiscovery",
        true,
        "jersey.config.disableMetainfServicesLookup",
        true,
        "jersey.config.server.wadl.disableWadl",
        true,
        "jersey.config.server.headers.location.relative.resolution.disabled",
        true,
        // else an error becomes the container's page, and loses its body
        "jersey.config.server.response.setStatusOverSendError",
        true);
  }
}
