package ee.supervisor.jmx.ctl;

import ee.supervisor.client.RpcFault;
import ee.supervisor.jmx.client.CallRefusedException;
import ee.supervisor.jmx.client.ProcessRow;
import ee.supervisor.jmx.client.SupervisorClient;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.management.openmbean.CompositeData;

/** Serves the methods of {@code supervisor.*} out of supervisord's JMX bean. */
final class RpcMethods {
  private final SupervisorClient supervisor;

  RpcMethods(SupervisorClient supervisor) {
    this.supervisor = supervisor;
  }

  /**
   * Calls a method.
   *
   * @throws RpcFault when supervisord refused, or there is no such method
   */
  Object call(String method, Arguments arguments) throws IOException, RpcFault {
    try {
      return dispatch(method, arguments);
    } catch (CallRefusedException refused) {
      int code = Fault.named(refused.fault()).orElse(Fault.FAILED).code();
      throw new RpcFault(code, refused.getMessage());
    }
  }

  private Object dispatch(String method, Arguments a)
      throws IOException, CallRefusedException, RpcFault {
    return switch (method) {
      case "supervisor.getAPIVersion", "supervisor.getVersion" ->
          supervisor.attribute("ApiVersion");
      case "supervisor.getSupervisorVersion" -> supervisor.attribute("SupervisorVersion");
      case "supervisor.getIdentification" -> supervisor.attribute("Identification");
      case "supervisor.getPID" -> supervisor.attribute("Pid");
      case "supervisor.getState" -> state();
      case "supervisor.getAllProcessInfo" ->
          supervisor.processes().stream().map(RpcMethods::info).toList();
      case "supervisor.getProcessInfo" -> info(supervisor.process(a.text(0)));
      case "supervisor.getAllConfigInfo" ->
          structs(supervisor.attribute("ConfiguredProcesses"), RpcMethods::configuration);
      case "supervisor.reloadConfig" -> changes(supervisor.invoke("reread"));
      case "supervisor.shutdown" -> done("shutdown");
      case "supervisor.restart" -> done("reload");
      case "supervisor.addProcessGroup" -> done("addGroup", a.text(0));
      case "supervisor.removeProcessGroup" -> done("removeGroup", a.text(0));
      case "supervisor.sendRemoteCommEvent" -> done("sendRemoteCommEvent", a.text(0), a.text(1));
      default -> onProcesses(method, a);
    };
  }

  private Object onProcesses(String method, Arguments a)
      throws IOException, CallRefusedException, RpcFault {
    return switch (method) {
      case "supervisor.startProcess" -> done("startProcess", a.text(0), a.flag(1));
      case "supervisor.startProcessGroup" -> outcomes("startGroup", a.text(0), a.flag(1));
      case "supervisor.startAllProcesses" -> outcomes("startAll", a.flag(0));
      case "supervisor.stopProcess" -> done("stopProcess", a.text(0), a.flag(1));
      case "supervisor.stopProcessGroup" -> outcomes("stopGroup", a.text(0), a.flag(1));
      case "supervisor.stopAllProcesses" -> outcomes("stopAll", a.flag(0));
      case "supervisor.signalProcess" -> done("signalProcess", a.text(0), a.text(1));
      case "supervisor.signalProcessGroup" -> outcomes("signalGroup", a.text(0), a.text(1));
      case "supervisor.signalAllProcesses" -> outcomes("signalAll", a.text(0));
      case "supervisor.sendProcessStdin" -> done("sendProcessStdin", a.text(0), a.text(1));
      case "supervisor_ee.getAllWaits" ->
          structs(supervisor.attribute("Processes"), RpcMethods::readiness);
      case "supervisor_ee.rollProcess" -> roll(a);
      case "supervisor_ee.rollAllProcesses" ->
          rolled("rollAll", a.numberOr(0, 1), a.numberOr(1, 0));
      default -> onLogs(method, a);
    };
  }

  private Object onLogs(String method, Arguments a)
      throws IOException, CallRefusedException, RpcFault {
    return switch (method) {
      case "supervisor.readLog" -> supervisor.invoke("readLog", a.number(0), a.number(1));
      case "supervisor.readProcessStdoutLog" -> read(a, "stdout");
      case "supervisor.readProcessStderrLog" -> read(a, "stderr");
      case "supervisor.tailProcessStdoutLog" -> tail(a, "stdout");
      case "supervisor.tailProcessStderrLog" -> tail(a, "stderr");
      case "supervisor.clearLog" -> done("clearLog");
      case "supervisor.clearProcessLogs" -> done("clearProcessLogs", a.text(0));
      case "supervisor.clearAllProcessLogs" -> outcomes("clearAllProcessLogs");
      default -> throw new RpcFault(Fault.UNKNOWN_METHOD.code(), "UNKNOWN_METHOD");
    };
  }

  private Object done(String operation, Object... arguments)
      throws IOException, CallRefusedException {
    supervisor.invoke(operation, arguments);
    return true;
  }

  private List<Map<String, Object>> outcomes(String operation, Object... arguments)
      throws IOException, CallRefusedException {
    return structs(supervisor.invoke(operation, arguments), RpcMethods::outcome);
  }

  private Object roll(Arguments a) throws IOException, CallRefusedException {
    Namespec name = Namespec.parse(a.text(0));
    long timeout = a.numberOr(2, 0);
    return name.process().isPresent()
        ? rolled("rollProcess", a.text(0), timeout)
        : rolled("rollGroup", name.group(), a.numberOr(1, 1), timeout);
  }

  private Object rolled(String operation, Object... arguments)
      throws IOException, CallRefusedException {
    CompositeData report = (CompositeData) supervisor.invoke(operation, arguments);
    return Map.of(
        "complete", report.get("complete"),
        "results", structs(report.get("results"), RpcMethods::outcome),
        "old", List.of((Object[]) report.get("old")),
        "problem", report.get("problem"));
  }

  private Object read(Arguments a, String channel) throws IOException, CallRefusedException {
    return supervisor.invoke("readProcessLog", a.text(0), channel, a.number(1), a.number(2));
  }

  private Object tail(Arguments a, String channel) throws IOException, CallRefusedException {
    CompositeData tail =
        (CompositeData)
            supervisor.invoke("tailProcessLog", a.text(0), channel, a.number(1), a.number(2));
    int offset = (int) Math.min(Integer.MAX_VALUE, (Long) tail.get("offset"));
    return List.of(tail.get("text"), offset, tail.get("overflow"));
  }

  private Object state() throws IOException {
    return Map.of(
        "statecode", supervisor.attribute("State"), "statename", supervisor.attribute("StateName"));
  }

  private static List<?> changes(Object response) {
    CompositeData changes = (CompositeData) response;
    return List.of(
        List.of(
            List.of((Object[]) changes.get("added")),
            List.of((Object[]) changes.get("changed")),
            List.of((Object[]) changes.get("removed"))));
  }

  private static List<Map<String, Object>> structs(
      Object response, Function<CompositeData, Map<String, Object>> struct) {
    return Arrays.stream((CompositeData[]) response).map(struct).toList();
  }

  private static Map<String, Object> outcome(CompositeData outcome) {
    return Map.of(
        "group", outcome.get("group"),
        "name", outcome.get("name"),
        "status", outcome.get("code"),
        "description", outcome.get("description"));
  }

  /** What a process needs is not in the attribute; whether others may count on it is. */
  private static Map<String, Object> readiness(CompositeData process) {
    return Map.of(
        "group", process.get("group"),
        "name", process.get("name"),
        "needs", List.of(),
        "waits_for", List.of(),
        "ready", process.get("ready"));
  }

  private static Map<String, Object> configuration(CompositeData process) {
    return Map.of(
        "group", process.get("group"),
        "name", process.get("name"),
        "inuse", process.get("active"),
        "autostart", process.get("autostart"),
        "group_prio", process.get("groupPriority"),
        "process_prio", process.get("priority"));
  }

  private static Map<String, Object> info(ProcessRow row) {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("name", row.name());
    struct.put("group", row.group());
    struct.put("start", seconds(row.start()));
    struct.put("stop", seconds(row.stop()));
    struct.put("now", (int) row.now().getEpochSecond());
    struct.put("state", row.state());
    struct.put("statename", row.stateName());
    struct.put("spawnerr", row.spawnError());
    struct.put("exitstatus", row.exitStatus());
    struct.put("logfile", row.stdoutLogfile());
    struct.put("stdout_logfile", row.stdoutLogfile());
    struct.put("stderr_logfile", row.stderrLogfile());
    struct.put("pid", row.pid());
    struct.put("description", row.description());
    return struct;
  }

  private static int seconds(Optional<Instant> instant) {
    return (int) instant.map(Instant::getEpochSecond).orElse(0L).longValue();
  }
}
