package ee.supervisor.web.rest;

import ee.supervisor.access.ForbiddenException;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Why a request was refused, in the form of RFC 9457.
 *
 * @param status the HTTP status
 * @param detail what was wrong, for a person
 * @param fault Supervisor's name for it, if it has one
 */
record Problem(int status, String detail, Optional<Fault> fault) {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final String SERVER_ERROR = "an error of the server; its log says more";

  private static final System.Logger LOG = System.getLogger(Problem.class.getName());

  /** What {@code failure} of a request is to the client. */
  static Problem of(Throwable failure) {
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return of(wrapped.getCause());
    } else if (failure instanceof SupervisorException refusal) {
      Fault fault = refusal.fault();
      return refusal.isUnexpected()
          ? new Problem(500, SERVER_ERROR, Optional.of(fault))
          : new Problem(status(fault), refusal.getMessage(), Optional.of(fault));
    } else if (failure instanceof ForbiddenException refusal) {
      return new Problem(403, refusal.getMessage(), Optional.empty());
    } else if (failure instanceof WebApplicationException refusal) {
      return new Problem(refusal.getResponse().getStatus(), detail(refusal), Optional.empty());
    }
    if (failure instanceof ProcessingException malformed) {
      return new Problem(400, "malformed header: " + malformed.getMessage(), Optional.empty());
    }
    LOG.log(System.Logger.Level.WARNING, "a REST request failed", failure);
    return new Problem(500, SERVER_ERROR, Optional.empty());
  }

  /** JAX-RS itself says no more than the name of the status. */
  private static String detail(WebApplicationException refusal) {
    if (refusal instanceof NotFoundException) {
      return "there is no such path";
    } else if (refusal instanceof NotAllowedException) {
      return "the path does not know this verb; the header Allow lists those it knows";
    } else if (refusal instanceof NotSupportedException) {
      return "the body has to be application/json";
    }
    return refusal instanceof NotAcceptableException
        ? "the response is application/json, which the header Accept does not take"
        : refusal.getMessage();
  }

  private static int status(Fault fault) {
    return switch (fault) {
      case BAD_NAME -> 404;
      case UNKNOWN_METHOD, INCORRECT_PARAMETERS, BAD_ARGUMENTS, SIGNATURE_UNSUPPORTED, BAD_SIGNAL ->
          400;
      case SHUTDOWN_STATE -> 503;
      case NO_FILE,
          NOT_EXECUTABLE,
          ABNORMAL_TERMINATION,
          SPAWN_ERROR,
          ALREADY_STARTED,
          NOT_RUNNING,
          ALREADY_ADDED,
          STILL_RUNNING,
          CANT_REREAD,
          FAILED ->
          409;
      case SUCCESS -> 500;
    };
  }

  private String title() {
    return Optional.ofNullable(Response.Status.fromStatusCode(status))
        .map(Response.Status::getReasonPhrase)
        .orElse("Error");
  }

  /** The members of the JSON object. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", title());
    members.put("status", status);
    members.put("detail", detail);
    fault.ifPresent(
        known -> {
          members.put("fault", known.name());
          members.put("faultCode", known.code());
        });
    return members;
  }

  /** The whole response. */
  Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(members()).build();
  }
}
