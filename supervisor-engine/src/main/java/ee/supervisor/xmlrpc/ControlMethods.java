package ee.supervisor.xmlrpc;

import ee.supervisor.config.Role;
import ee.supervisor.control.ProcessResult;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.rpc.RpcArguments;
import ee.supervisor.rpc.RpcMethod;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** The methods that start, stop and signal processes, and make groups active or not. */
final class ControlMethods {
  private static final String NAME = "its name, group:name, or group:* for all of a group";
  private static final String OUTCOMES = "a struct for each: name, group, status, description";
  private static final String SIGNAL = "by name (HUP) or number (1)";

  private final Supervisor supervisor;

  ControlMethods(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  List<RpcMethod> all() {
    return List.of(
        one("startProcess", "Starts a process.")
            .optional("boolean", "wait", "return only when it runs; true if left out")
            .returns("boolean", "true")
            .needs(Role.OPERATOR)
            .calling(this::startProcess),
        group("startProcessGroup", "Starts the processes of a group that do not run.")
            .optional("boolean", "wait", "return only when they run; true if left out")
            .returns("array", OUTCOMES)
            .needs(Role.OPERATOR)
            .calling(a -> structs(startGroup(a.text(0), a.truth(1, true)))),
        RpcMethod.named("startAllProcesses")
            .describedAs("Starts all processes that do not run.")
            .optional("boolean", "wait", "return only when they run; true if left out")
            .returns("array", OUTCOMES)
            .needs(Role.OPERATOR)
            .calling(a -> structs(started(a.truth(0, true), supervisor::startAll))),
        one("stopProcess", "Stops a process.")
            .optional("boolean", "wait", "return only when it has stopped; true if left out")
            .returns("boolean", "true")
            .needs(Role.OPERATOR)
            .calling(this::stopProcess),
        group("stopProcessGroup", "Stops the running processes of a group.")
            .optional("boolean", "wait", "return only when they have stopped; true if left out")
            .returns("array", OUTCOMES)
            .needs(Role.OPERATOR)
            .calling(a -> structs(supervisor.stopGroup(a.text(0), a.truth(1, true)))),
        RpcMethod.named("stopAllProcesses")
            .describedAs("Stops all running processes.")
            .optional("boolean", "wait", "return only when they have stopped; true if left out")
            .returns("array", OUTCOMES)
            .needs(Role.OPERATOR)
            .calling(a -> structs(supervisor.stopAll(a.truth(0, true)))),
        one("signalProcess", "Sends a signal to a process.")
            .parameter("string", "signal", SIGNAL)
            .returns("boolean", "")
            .needs(Role.OPERATOR)
            .calling(this::signalProcess),
        group("signalProcessGroup", "Sends a signal to the processes of a group.")
            .parameter("string", "signal", SIGNAL)
            .returns("array", "")
            .needs(Role.OPERATOR)
            .calling(a -> structs(supervisor.signalGroup(a.text(0), signal(a, 1)))),
        RpcMethod.named("signalAllProcesses")
            .describedAs("Sends a signal to all processes.")
            .parameter("string", "signal", SIGNAL)
            .returns("array", OUTCOMES)
            .needs(Role.OPERATOR)
            .calling(a -> structs(supervisor.signalAll(signal(a, 0)))),
        group("addProcessGroup", "Makes a group of the configuration active.")
            .returns("boolean", "true")
            .calling(a -> supervisor.addGroup(a.text(0)).thenApply(done -> true)),
        group("removeProcessGroup", "Takes a group whose processes have stopped out of use.")
            .returns("boolean", "true")
            .calling(a -> supervisor.removeGroup(a.text(0)).thenApply(done -> true)));
  }

  private static RpcMethod.Builder one(String name, String description) {
    return RpcMethod.named(name).describedAs(description).parameter("string", "name", NAME);
  }

  private static RpcMethod.Builder group(String name, String description) {
    return RpcMethod.named(name)
        .describedAs(description)
        .parameter("string", "name", "the group's name");
  }

  private CompletionStage<?> startProcess(RpcArguments arguments) {
    String name = arguments.name(0);
    boolean wait = arguments.truth(1, true);
    return oneOrGroup(
        name,
        () ->
            supervisor
                .startProcess(name, wait)
                .exceptionallyCompose(thrown -> unlessStopping(wait, thrown)),
        group -> startGroup(group, wait));
  }

  /** Who does not wait for a start does not learn that one that is being stopped is not started. */
  private static CompletionStage<Void> unlessStopping(boolean wait, Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    boolean stopping =
        cause instanceof SupervisorException refused
            && refused.fault() == Fault.ABNORMAL_TERMINATION;
    return stopping && !wait
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(cause);
  }

  private CompletionStage<List<ProcessResult>> startGroup(String group, boolean wait) {
    return started(wait, waits -> supervisor.startGroup(group, waits));
  }

  private static CompletionStage<List<ProcessResult>> started(
      boolean wait, Function<Boolean, CompletionStage<List<ProcessResult>>> start) {
    return start
        .apply(wait)
        .thenApply(
            results ->
                wait ? results : results.stream().map(ControlMethods::unlessStopping).toList());
  }

  private static ProcessResult unlessStopping(ProcessResult result) {
    return result.fault() == Fault.ABNORMAL_TERMINATION
        ? new ProcessResult(result.group(), result.name(), Fault.SUCCESS, "OK")
        : result;
  }

  private CompletionStage<?> stopProcess(RpcArguments arguments) {
    String name = arguments.name(0);
    boolean wait = arguments.truth(1, true);
    return oneOrGroup(
        name, () -> supervisor.stopProcess(name, wait), group -> supervisor.stopGroup(group, wait));
  }

  private CompletionStage<?> signalProcess(RpcArguments arguments) {
    String name = arguments.name(0);
    String signal = signal(arguments, 1);
    return oneOrGroup(
        name,
        () -> supervisor.signalProcess(name, signal),
        group -> supervisor.signalGroup(group, signal));
  }

  private CompletionStage<?> oneOrGroup(
      String name,
      Supplier<CompletionStage<Void>> one,
      Function<String, CompletionStage<List<ProcessResult>>> whole) {
    Namespec namespec = Namespec.parse(name);
    if (namespec.process().isPresent()) {
      return one.get().thenApply(done -> true);
    }
    if (supervisor.groups().stream().noneMatch(g -> g.name().equals(namespec.group()))) {
      throw new SupervisorException(Fault.BAD_NAME, name);
    }
    return structs(whole.apply(namespec.group()));
  }

  /** A signal sent as a number, in whichever type, reads as that number. */
  private static String signal(RpcArguments arguments, int index) {
    Object value = arguments.values().get(index);
    return value instanceof Number || value instanceof Boolean
        ? Long.toString(arguments.number(index))
        : arguments.text(index);
  }

  private static CompletionStage<?> structs(CompletionStage<List<ProcessResult>> results) {
    return results.thenApply(ProcessResultStruct::all);
  }
}
