package ee.supervisor.web.rest;

import ee.supervisor.config.Role;
import ee.supervisor.control.ConfigChanges;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.UpdateOptions;
import ee.supervisor.web.ShownConfiguration;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /configuration}: what was read, and reading it again. */
@Path("configuration")
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationResource extends RestResource {
  /** The configuration read last; passwords and the values of variables are not shown. */
  @GET
  public Map<String, Object> show() {
    return ShownConfiguration.of(supervisor().configuration());
  }

  /** Reads the file again; nothing is started or stopped. */
  @POST
  @Path("reread")
  public CompletionStage<Response> reread(@QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    if (flag("dryRun", dryRun)) {
      return CompletableFuture.completedStage(pending(supervisor, "reread"));
    }
    return response(supervisor.reloadConfig(), changes -> Response.ok(members(changes)).build());
  }

  /** What an update would do; the file is read and nothing is done. */
  @GET
  @RequiresRole(Role.ADMIN)
  @Path("plan")
  public CompletionStage<Response> plan(
      @QueryParam("group") List<String> groups, @QueryParam("onlyChanged") String onlyChanged) {
    return response(
        supervisor().plan(new UpdateOptions(groups, flag("onlyChanged", onlyChanged))),
        plan -> Response.ok(plan.document()).header("Cache-Control", "no-store").build());
  }

  /** Reads the file again and has the active groups follow. */
  @POST
  @Path("update")
  public CompletionStage<Response> update(
      @QueryParam("group") List<String> groups,
      @QueryParam("onlyChanged") String onlyChanged,
      @QueryParam("wait") String wait,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    UpdateOptions options = new UpdateOptions(groups, flag("onlyChanged", onlyChanged));
    Duration patience = patience(wait);
    if (flag("dryRun", dryRun)) {
      return CompletableFuture.completedStage(pending(supervisor, "update"));
    }
    return response(
        supervisor.update(options),
        patience,
        "/groups",
        changes -> Response.ok(members(changes)).build());
  }

  /** What the configuration read last has that is not active: the file itself is not looked at. */
  private static Response pending(Supervisor supervisor, String action) {
    Map<String, Object> would = new LinkedHashMap<>();
    would.put("dryRun", true);
    would.put("action", action);
    would.putAll(members(supervisor.pendingChanges()));
    return Response.ok(would).build();
  }

  private static Map<String, Object> members(ConfigChanges changes) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("added", changes.added());
    members.put("changed", changes.changed());
    members.put("removed", changes.removed());
    return members;
  }
}
