package ee.supervisor.xmlrpc;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.rpc.RpcMethod;
import java.time.Instant;
import java.util.List;

/** The methods that describe processes. */
final class InfoMethods {
  private final Supervisor supervisor;

  InfoMethods(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  List<RpcMethod> all() {
    return List.of(
        RpcMethod.named("getProcessInfo")
            .describedAs("Returns the state of one process.")
            .parameter("string", "name", "its name, or group:name")
            .returns("struct", "what is known of it")
            .needs(Role.VIEWER)
            .calling(
                arguments ->
                    completedStage(
                        new ProcessInfoStruct(
                            process(supervisor, arguments.name(0)), Instant.now()))),
        RpcMethod.named("getAllProcessInfo")
            .describedAs("Returns the state of every process.")
            .returns("array", "a struct for each, as getProcessInfo returns it")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(allProcessInfo())),
        RpcMethod.named("getAllConfigInfo")
            .describedAs("Returns the configuration of every process, active or not.")
            .returns("array", "a struct for each, sorted by name")
            .needs(Role.VIEWER)
            .calling(arguments -> completedStage(ConfigInfoStruct.all(supervisor))));
  }

  /**
   * The process of that name.
   *
   * @throws SupervisorException BAD_NAME when there is none, or it names a whole group
   */
  static ProcessInfo process(Supervisor supervisor, String name) {
    requireOne(name);
    return supervisor.process(name);
  }

  /**
   * Refuses a name that stands for a whole group.
   *
   * @throws SupervisorException BAD_NAME
   */
  static void requireOne(String name) {
    if (Namespec.parse(name).process().isEmpty()) {
      throw new SupervisorException(Fault.BAD_NAME, name);
    }
  }

  private List<ProcessInfoStruct> allProcessInfo() {
    Instant now = Instant.now();
    return supervisor.processes().stream()
        .map(process -> new ProcessInfoStruct(process, now))
        .toList();
  }
}
