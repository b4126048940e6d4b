package ee.supervisor.door.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers every failure with a {@link Problem}. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {

  @Override
  public Response toResponse(Throwable failure) {
    Response response = Problem.of(failure).response();
    if (failure instanceof WebApplicationException refusal) {
      Object allowed = refusal.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
      if (allowed != null) {
        // a 405 tells what would be allowed
        return Response.fromResponse(response).header(HttpHeaders.ALLOW, allowed).build();
      }
    }
    return response;
  }
}
