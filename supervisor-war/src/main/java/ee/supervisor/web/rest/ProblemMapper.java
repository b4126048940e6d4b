package ee.supervisor.web.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;
import java.util.TreeSet;

/** Responds to every failure with a {@link Problem}. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {

  @Override
  public Response toResponse(Throwable failure) {
    Response response = Problem.of(failure).response();
    if (failure instanceof WebApplicationException refusal) {
      Set<String> allowed = new TreeSet<>(refusal.getResponse().getAllowedMethods());
      if (!allowed.isEmpty()) {
        // a 405 lists what would be allowed; JAX-RS forgets that it serves HEAD
        if (allowed.contains("GET")) {
          allowed.add("HEAD");
        }
        return Response.fromResponse(response)
            .header(HttpHeaders.ALLOW, String.join(", ", allowed))
            .build();
      }
    }
    return response;
  }
}
