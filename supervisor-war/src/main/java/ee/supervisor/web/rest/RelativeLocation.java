package ee.supervisor.web.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;

/**
 * Gives places relative to the request's own address (RFC 9110, section 10.2.2): a proxy may offer
 * all of this under another name and below another path.
 */
public final class RelativeLocation implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    URI location = response.getLocation();
    if (location != null) {
      String below = location.getRawPath().substring(RestResource.ROOT.length() + 1);
      response
          .getHeaders()
          .putSingle(HttpHeaders.LOCATION, upwards(request.getUriInfo().getPath(false)) + below);
    }
  }

  /** From a resource to the directory of all. */
  private static String upwards(String path) {
    long steps = path.substring(1).chars().filter(c -> c == '/').count();
    return steps == 0 ? "./" : "../".repeat((int) steps);
  }
}
