package ee.supervisor.web.rest;

import ee.supervisor.control.ProcessResult;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ProcessDescription;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.ProcessUsage;
import ee.supervisor.process.UnmetNeed;
import ee.supervisor.protocol.Fault;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processes, groups and results as JSON objects. */
final class ProcessJson {

  private ProcessJson() {}

  /** A process as it is; all that does not change with the mere passing of time. */
  static Map<String, Object> of(ProcessInfo process) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", id(process));
    values.put("name", process.name());
    values.put("group", process.group());
    values.put("state", process.state().name());
    values.put("stateCode", process.state().code());
    values.put("pid", process.pid());
    values.put("start", time(process.start()));
    values.put("stop", time(process.stop()));
    values.put("exitStatus", process.exitStatus());
    values.put("spawnError", process.spawnError());
    values.put("backoff", process.backoff());
    values.put("restarts", process.restarts());
    values.put("waitsFor", process.waitsFor().stream().map(ProcessJson::of).toList());
    values.put("ready", process.ready().orElse(null));
    values.put("statusText", process.statusText());
    values.put("stdoutLogfile", process.stdoutLogfile().map(Object::toString).orElse(null));
    values.put("stderrLogfile", process.stderrLogfile().map(Object::toString).orElse(null));
    return values;
  }

  private static Map<String, Object> of(UnmetNeed need) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("process", need.process());
    values.put("condition", need.condition().lowerCase());
    values.put("trouble", need.trouble());
    values.put("text", need.toString());
    return values;
  }

  /** {@code group:name}, which names it whatever its group is called. */
  static String id(ProcessInfo process) {
    return process.group() + ":" + process.name();
  }

  /** Adds the line that supervisorctl shows. */
  static Map<String, Object> withDescription(ProcessInfo process, Instant now) {
    Map<String, Object> values = of(process);
    values.put("description", ProcessDescription.of(process, now));
    return values;
  }

  /** Adds what the process uses. */
  static Map<String, Object> withUsage(Map<String, Object> values, ProcessUsage usage) {
    values.put("cpuSeconds", usage.cpu().toMillis() / 1000.0);
    values.put("cpuPercent", Math.round(usage.cpuPercent() * 10) / 10.0);
    values.put("residentBytes", usage.residentBytes());
    return values;
  }

  /** A group with the ids of its processes. */
  static Map<String, Object> of(GroupInfo group) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", group.name());
    values.put("priority", group.config().priority());
    values.put("processes", group.processes().stream().map(ProcessJson::of).toList());
    return values;
  }

  /** How a command went for each process. */
  static List<Map<String, Object>> of(List<ProcessResult> results) {
    return results.stream().map(ProcessJson::of).toList();
  }

  private static Map<String, Object> of(ProcessResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", result.group() + ":" + result.name());
    values.put("ok", result.fault() == Fault.SUCCESS);
    values.put("fault", result.fault().name());
    values.put("description", result.description());
    return values;
  }

  private static String time(Instant instant) {
    return instant.equals(Instant.EPOCH) ? null : instant.toString();
  }
}
