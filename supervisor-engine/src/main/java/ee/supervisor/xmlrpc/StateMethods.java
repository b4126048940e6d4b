package ee.supervisor.xmlrpc;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.config.Role;
import ee.supervisor.control.ConfigChanges;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.Version;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.rpc.RpcMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods about supervisord itself: what it is, and that it stop or start anew. */
final class StateMethods {
  private final Supervisor supervisor;

  StateMethods(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  List<RpcMethod> all() {
    RpcMethod apiVersion =
        RpcMethod.named("getAPIVersion")
            .describedAs("Returns the version of this interface.")
            .returns("string", "the version")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(Version.RPC_API));
    return List.of(
        apiVersion,
        apiVersion.alias("getVersion"),
        RpcMethod.named("getSupervisorVersion")
            .describedAs("Returns the version of Supervisor that this program is compatible with.")
            .returns("string", "the version")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(Version.SUPERVISOR)),
        RpcMethod.named("getIdentification")
            .describedAs("Returns the identifier that the configuration gives this supervisord.")
            .returns("string", "the identifier")
            .needs(Role.VIEWER)
            .calling(
                arguments -> completedStage(supervisor.configuration().supervisord().identifier())),
        RpcMethod.named("getState")
            .describedAs("Returns the state of supervisord.")
            .returns("struct", "statecode (an int) and statename (a string)")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(struct(supervisor.state()))),
        RpcMethod.named("getPID")
            .describedAs("Returns the process id of supervisord.")
            .returns("int", "the process id")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(supervisor.pid())),
        RpcMethod.named("shutdown")
            .describedAs("Stops all processes, then supervisord.")
            .returns("boolean", "true once the request is noted")
            .calling(arguments -> supervisor.shutdown().thenApply(done -> true)),
        RpcMethod.named("restart")
            .describedAs("Stops all processes, reads the configuration anew and starts again.")
            .returns("boolean", "true once the request is noted")
            .calling(arguments -> supervisor.restart().thenApply(done -> true)),
        RpcMethod.named("reloadConfig")
            .describedAs(
                "Reads the configuration again and returns what differs from what is active.\n"
                    + "Nothing is started or stopped.")
            .returns("array", "[[added, changed, removed]], each an array of names of groups")
            .calling(arguments -> supervisor.reloadConfig().thenApply(StateMethods::array)));
  }

  private static Map<String, Object> struct(SupervisorState state) {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("statecode", state.code());
    struct.put("statename", state.name());
    return struct;
  }

  private static List<?> array(ConfigChanges changes) {
    return List.of(List.of(changes.added(), changes.changed(), changes.removed()));
  }
}
