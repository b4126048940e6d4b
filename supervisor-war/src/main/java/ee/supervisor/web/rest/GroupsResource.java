package ee.supervisor.web.rest;

import ee.supervisor.config.Role;
import ee.supervisor.control.RollOptions;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.protocol.Fault;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code /groups}: the active groups, and what can be done with all of one's processes. */
@Path("groups")
@Produces(MediaType.APPLICATION_JSON)
public class GroupsResource extends RestResource {

  /** All active groups. */
  @GET
  public List<Map<String, Object>> list() {
    return supervisor().groups().stream().map(ProcessJson::of).toList();
  }

  /** One group. */
  @GET
  @Path("{group}")
  public Map<String, Object> one(@PathParam("group") String group) {
    return ProcessJson.of(known(group));
  }

  /** Makes a group of the configuration active. */
  @PUT
  @Path("{group}")
  public CompletionStage<Response> add(
      @PathParam("group") String group, @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    if (supervisor.configuration().groups().stream().noneMatch(g -> g.name().equals(group))) {
      throw new SupervisorException(Fault.BAD_NAME, group);
    } else if (supervisor.groups().stream().anyMatch(g -> g.name().equals(group))) {
      throw new SupervisorException(Fault.ALREADY_ADDED, group);
    }
    return unlessDry(
        dryRun,
        "add",
        List.of(group),
        () ->
            response(
                supervisor.addGroup(group),
                done ->
                    Response.created(URI.create(ROOT + "/groups/" + segment(group)))
                        .entity(one(group))
                        .build()));
  }

  /** Makes a stopped group inactive. */
  @DELETE
  @Path("{group}")
  public CompletionStage<Response> remove(
      @PathParam("group") String group, @QueryParam("dryRun") String dryRun) {
    if (known(group).processes().stream().anyMatch(p -> !p.state().isStopped())) {
      throw new SupervisorException(Fault.STILL_RUNNING, group);
    }
    return unlessDry(
        dryRun,
        "remove",
        List.of(group),
        () -> response(supervisor().removeGroup(group), RestResource::done));
  }

  /** Starts, stops or restarts its processes. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{group}/{action: start|stop|restart}")
  public CompletionStage<Response> act(
      @PathParam("group") String group,
      @PathParam("action") String action,
      @QueryParam("wait") String wait,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    GroupInfo known = known(group);
    Duration patience = patience(wait);
    boolean waits = !patience.isZero();
    return unlessDry(
        dryRun,
        action,
        AffectedProcesses.of(action, known.processes()),
        () ->
            response(
                switch (action) {
                  case "start" -> supervisor.startGroup(group, waits);
                  case "stop" -> supervisor.stopGroup(group, waits);
                  default -> supervisor.restartGroup(group);
                },
                patience,
                "/groups/" + segment(group),
                results -> Response.ok(ProcessJson.of(results)).build()));
  }

  /** Restarts its processes a few at a time, the next when those before are ready. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{group}/roll")
  public CompletionStage<Response> roll(
      @PathParam("group") String group,
      @QueryParam("batch") String batch,
      @QueryParam("timeout") String timeout,
      @QueryParam("wait") String wait,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    GroupInfo known = known(group);
    RollOptions options = Rolls.options(batch, timeout);
    Duration patience = patience(wait);
    return unlessDry(
        dryRun,
        "roll",
        AffectedProcesses.of("roll", known.processes()),
        () ->
            response(
                supervisor.rollGroup(group, options),
                patience,
                "/groups/" + segment(group),
                Rolls::response));
  }

  /** Signals its processes. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{group}/signal")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> signal(
      @PathParam("group") String group, @QueryParam("dryRun") String dryRun, InputStream in)
      throws IOException {
    String signal = signal(in);
    return unlessDry(
        dryRun,
        "signal " + signal,
        AffectedProcesses.of("signal", known(group).processes()),
        () ->
            response(
                supervisor().signalGroup(group, signal),
                results -> Response.ok(ProcessJson.of(results)).build()));
  }

  private GroupInfo known(String name) {
    return supervisor().groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, name));
  }
}
