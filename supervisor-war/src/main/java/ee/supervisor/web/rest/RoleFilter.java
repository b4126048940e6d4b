package ee.supervisor.web.rest;

import ee.supervisor.access.AuditLog;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Door;
import ee.supervisor.access.ForbiddenException;
import ee.supervisor.config.Role;
import ee.supervisor.web.Doors;
import ee.supervisor.web.auth.AccessFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets a request that changes something, or that its method asks a role for, through to those whose
 * role allows it, and records how changes went. A dry run takes the same role, and is not recorded.
 */
public final class RoleFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Under this name a request keeps what is to be recorded with its response. */
  private static final String WRITE = Write.class.getName();

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest servletRequest;
  @Context private ServletContext context;

  /** A request that changes something. */
  private record Write(Caller caller, String what) {}

  @Override
  public void filter(ContainerRequestContext request) {
    RequiresRole needs = resource.getResourceMethod().getAnnotation(RequiresRole.class);
    if (READING.contains(request.getMethod()) && needs == null) {
      return;
    }
    Caller caller = AccessFilter.caller(servletRequest);
    String what = request.getMethod() + " " + request.getUriInfo().getRequestUri().getRawPath();
    if (!READING.contains(request.getMethod()) && !isDryRun(request)) {
      request.setProperty(WRITE, new Write(caller, what));
    }
    try {
      caller.require(needs == null ? Role.ADMIN : needs.value(), what);
    } catch (ForbiddenException e) {
      request.abortWith(Problem.of(e).response());
    }
  }

  private static boolean isDryRun(ContainerRequestContext request) {
    List<String> values = request.getUriInfo().getQueryParameters().get("dryRun");
    return values != null && !values.get(0).equals("false");
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(WRITE) instanceof Write write) {
      Doors.of(context)
          .audit()
          .ifPresent(
              audit -> audit.write(Door.REST, write.caller(), write.what(), result(response)));
    }
  }

  /** As it is for other doors: the fault, where there is one. */
  private static String result(ContainerResponseContext response) {
    if (response.getStatus() < 400) {
      return AuditLog.SUCCESS;
    } else if (response.getStatus() == 403) {
      return AuditLog.REFUSED;
    }
    Map<?, ?> problem = response.getEntity() instanceof Map<?, ?> told ? told : Map.of();
    String detail = String.valueOf(problem.get("detail"));
    return problem.containsKey("fault") ? detail : response.getStatus() + " " + detail;
  }
}
