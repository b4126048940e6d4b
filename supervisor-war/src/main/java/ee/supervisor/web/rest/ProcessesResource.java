package ee.supervisor.web.rest;

import com.grack.nanojson.JsonObject;
import ee.supervisor.config.Role;
import ee.supervisor.control.RollOptions;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.text.Bytes;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code /processes}: each process, and what can be done with it. */
@Path("processes")
@Produces(MediaType.APPLICATION_JSON)
public class ProcessesResource extends RestResource {

  /** All processes, or those that a filter lets through. */
  @GET
  public Response list(
      @QueryParam("state") List<String> states,
      @QueryParam("group") List<String> groups,
      @QueryParam("name") List<String> names,
      @QueryParam("usage") String usage,
      @Context Request request) {
    ProcessFilter filter = ProcessFilter.of(states, groups, names);
    boolean withUsage = flag("usage", usage);
    List<Map<String, Object>> found =
        supervisor().processes().stream()
            .filter(filter)
            .map(process -> withUsage ? withUsage(process) : ProcessJson.of(process))
            .toList();
    byte[] body = JsonBody.bytes(found);
    EntityTag tag = Tags.of(body);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null && unchanged.build().getStatus() == 412) {
      throw new ClientErrorException("the list is another by now", 412);
    }
    return (unchanged == null ? Response.ok(body) : unchanged)
        .tag(tag)
        .header("Cache-Control", "no-cache")
        .build();
  }

  private Map<String, Object> withUsage(ProcessInfo process) {
    return ProcessJson.withUsage(
        ProcessJson.of(process), doors().live().usage().usage(process.pid()));
  }

  /** One process. */
  @GET
  @Path("{name}")
  public Response one(@PathParam("name") String name) {
    ProcessInfo process = known(supervisor(), name);
    return Response.ok(
            ProcessJson.withUsage(
                ProcessJson.withDescription(process, Instant.now()),
                doors().live().usage().usage(process.pid())))
        .header("Cache-Control", "no-cache")
        .build();
  }

  /** Starts it. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{name}/start")
  public CompletionStage<Response> start(
      @PathParam("name") String name,
      @QueryParam("wait") String wait,
      @QueryParam("alone") String alone,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    ProcessInfo process = known(supervisor, name);
    if (process.state().isRunning()) {
      throw new SupervisorException(Fault.ALREADY_STARTED, name);
    }
    if (process.state() == ProcessState.STOPPING) {
      throw new SupervisorException(
          Fault.ABNORMAL_TERMINATION,
          name + " is being stopped; start it when it has stopped, or restart it");
    }
    Duration patience = patience(wait);
    boolean waits = !patience.isZero();
    boolean whateverItNeeds = flag("alone", alone);
    return unlessDry(
        dryRun,
        "start",
        List.of(ProcessJson.id(process)),
        () ->
            shown(
                name,
                patience,
                whateverItNeeds
                    ? supervisor.startProcessAlone(name, waits)
                    : supervisor.startProcess(name, waits)));
  }

  /** Stops it. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{name}/stop")
  public CompletionStage<Response> stop(
      @PathParam("name") String name,
      @QueryParam("wait") String wait,
      @QueryParam("dependents") String dependents,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    ProcessInfo process = known(supervisor, name);
    if (!process.state().isRunning() && process.waitsFor().isEmpty()) {
      throw new SupervisorException(Fault.NOT_RUNNING, name);
    }
    Duration patience = patience(wait);
    boolean waits = !patience.isZero();
    boolean withDependents = flag("dependents", dependents);
    return unlessDry(
        dryRun,
        "stop",
        List.of(ProcessJson.id(process)),
        () ->
            shown(
                name,
                patience,
                withDependents
                    ? stopWithDependents(supervisor, name, waits)
                    : supervisor.stopProcess(name, waits)));
  }

  /** Stops it, if it runs, and starts it. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{name}/restart")
  public CompletionStage<Response> restart(
      @PathParam("name") String name,
      @QueryParam("wait") String wait,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    ProcessInfo process = known(supervisor, name);
    Duration patience = patience(wait);
    return unlessDry(
        dryRun,
        "restart",
        List.of(ProcessJson.id(process)),
        () -> shown(name, patience, supervisor.restartProcess(name)));
  }

  /** Restarts it and waits until it is ready. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{name}/roll")
  public CompletionStage<Response> roll(
      @PathParam("name") String name,
      @QueryParam("timeout") String timeout,
      @QueryParam("wait") String wait,
      @QueryParam("dryRun") String dryRun) {
    Supervisor supervisor = supervisor();
    ProcessInfo process = known(supervisor, name);
    RollOptions options = Rolls.options(null, timeout);
    Duration patience = patience(wait);
    return unlessDry(
        dryRun,
        "roll",
        List.of(ProcessJson.id(process)),
        () ->
            response(
                supervisor.rollProcess(name, options),
                patience,
                "/processes/" + segment(name),
                Rolls::response));
  }

  /** Sends it a signal. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{name}/signal")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> signal(
      @PathParam("name") String name, @QueryParam("dryRun") String dryRun, InputStream in)
      throws IOException {
    String signal = signal(in);
    Supervisor supervisor = supervisor();
    ProcessInfo process = known(supervisor, name);
    if (!process.state().isSignallable()) {
      throw new SupervisorException(Fault.NOT_RUNNING, name);
    }
    return unlessDry(
        dryRun,
        "signal " + signal,
        List.of(ProcessJson.id(process)),
        () -> response(supervisor.signalProcess(name, signal), RestResource::done));
  }

  /** Writes to its stdin. */
  @POST
  @RequiresRole(Role.OPERATOR)
  @Path("{name}/stdin")
  @Consumes(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> stdin(
      @PathParam("name") String name, @QueryParam("dryRun") String dryRun, InputStream in)
      throws IOException {
    JsonObject body = body(in, "data");
    String data = required(body, "data");
    Supervisor supervisor = supervisor();
    ProcessInfo process = known(supervisor, name);
    return unlessDry(
        dryRun,
        "write to stdin",
        List.of(ProcessJson.id(process)),
        () -> response(supervisor.sendProcessStdin(name, Bytes.utf8(data)), RestResource::done));
  }

  /** The first that could not be stopped is what went wrong. */
  private static CompletionStage<Void> stopWithDependents(
      Supervisor supervisor, String name, boolean wait) {
    return supervisor
        .stopProcessWithDependents(name, wait)
        .thenAccept(
            results ->
                results.stream()
                    .filter(result -> result.fault() != Fault.SUCCESS)
                    .filter(result -> result.fault() != Fault.NOT_RUNNING)
                    .findFirst()
                    .ifPresent(
                        failed -> {
                          throw SupervisorException.of(failed);
                        }));
  }

  /** A group's name with a colon alone is not the name of a process. */
  private static ProcessInfo known(Supervisor supervisor, String name) {
    if (Namespec.parse(name).process().isEmpty()) {
      throw new SupervisorException(Fault.BAD_NAME, name);
    }
    return supervisor.process(name);
  }

  private CompletionStage<Response> shown(
      String name, Duration patience, CompletionStage<Void> command) {
    return response(command, patience, "/processes/" + segment(name), done -> one(name));
  }
}
