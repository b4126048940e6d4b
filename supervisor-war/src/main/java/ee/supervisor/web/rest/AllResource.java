package ee.supervisor.web.rest;

import ee.supervisor.config.Role;
import ee.supervisor.control.RollOptions;
import ee.supervisor.control.Supervisor;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** {@code /all}: what can be done with all processes at once. */
@Path("all")
@Produces(MediaType.APPLICATION_JSON)
public class AllResource extends RestResource {

  /** Starts, stops or restarts all processes. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{action: start|stop|restart}")
  public CompletionStage<Response> act(
      @PathParam("action") String action,
      @QueryParam("wait") String wait,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    Duration patience = patience(wait);
    boolean waits = !patience.isZero();
    return unlessDry(
        dryRun,
        action,
        AffectedProcesses.of(action, supervisor.processes()),
        () ->
            response(
                switch (action) {
                  case "start" -> supervisor.startAll(waits);
                  case "stop" -> supervisor.stopAll(waits);
                  default -> supervisor.restartAll();
                },
                patience,
                "/processes",
                results -> Response.ok(ProcessJson.of(results)).build()));
  }

  /** Restarts all processes a few at a time, the next when those before are ready. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("roll")
  public CompletionStage<Response> roll(
      @QueryParam("batch") String batch,
      @QueryParam("timeout") String timeout,
      @QueryParam("wait") String wait,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    RollOptions options = Rolls.options(batch, timeout);
    Duration patience = patience(wait);
    return unlessDry(
        dryRun,
        "roll",
        AffectedProcesses.of("roll", supervisor.processes()),
        () -> response(supervisor.rollAll(options), patience, "/processes", Rolls::response));
  }

  /** Signals all processes. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("signal")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> signal(@QueryParam("dryRun") String dryRun, InputStream in)
      throws IOException {
    String signal = signal(in);
    Supervisor supervisor = supervisor();
    return unlessDry(
        dryRun,
        "signal " + signal,
        AffectedProcesses.of("signal", supervisor.processes()),
        () ->
            response(
                supervisor.signalAll(signal),
                results -> Response.ok(ProcessJson.of(results)).build()));
  }
}
