package ee.supervisor.web.rest;

import com.grack.nanojson.JsonObject;
import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.Version;
import ee.supervisor.text.Bytes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code /supervisor}: supervisord itself. */
@Path("supervisor")
@Produces(MediaType.APPLICATION_JSON)
public class SupervisorResource extends RestResource {
  private static final String SELF = "supervisord";

  /** What it is and how it fares. */
  @GET
  public Map<String, Object> show() {
    Supervisor supervisor = supervisor();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("identifier", supervisor.configuration().supervisord().identifier());
    values.put("state", supervisor.state().name());
    values.put("stateCode", supervisor.state().code());
    values.put("pid", supervisor.pid());
    values.put("supervisorVersion", Version.SUPERVISOR);
    values.put("rpcApiVersion", Version.RPC_API);
    values.put("logfile", supervisor.logfile().map(Object::toString).orElse(null));
    return values;
  }

  /** Stops all processes, then supervisord. */
  @POST
  @Path("shutdown")
  public CompletionStage<Response> shutdown(@QueryParam("dryRun") String dryRun) {
    return unlessDry(
        dryRun,
        "shutdown",
        List.of(SELF),
        () -> response(supervisor().shutdown(), done -> accepted("/supervisor")));
  }

  /** Stops all processes, reads the configuration anew, and starts again. */
  @POST
  @Path("restart")
  public CompletionStage<Response> restart(@QueryParam("dryRun") String dryRun) {
    return unlessDry(
        dryRun,
        "restart",
        List.of(SELF),
        () -> response(supervisor().restart(), done -> accepted("/supervisor")));
  }

  /** Closes and opens all log files. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("reopen-logs")
  public CompletionStage<Response> reopenLogs(@QueryParam("dryRun") String dryRun) {
    return unlessDry(
        dryRun,
        "reopen logs",
        List.of(SELF),
        () -> response(supervisor().reopenLogs(), RestResource::done));
  }

  /** Emits an event REMOTE_COMMUNICATION. */
  @POST
  @Path("remote-communication")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> remoteCommunication(
      @QueryParam("dryRun") String dryRun, InputStream in) throws IOException {
    JsonObject body = body(in, "type", "data");
    String type = required(body, "type");
    Bytes data = Bytes.utf8(required(body, "data"));
    return unlessDry(
        dryRun,
        "emit REMOTE_COMMUNICATION",
        List.of(type),
        () -> response(supervisor().sendRemoteCommEvent(type, data), RestResource::done));
  }
}
