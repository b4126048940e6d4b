package ee.supervisor.web.mcp;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.output.LogException;
import ee.supervisor.output.LogReader;
import ee.supervisor.process.ProcessDescription;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.ProcessUsage;
import ee.supervisor.process.UsageSampler;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.web.ShownConfiguration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes what an assistant is shown. */
final class Views {
  private static final int MAX_LOG_BYTES = 256 << 10;

  private Views() {}

  /** Programs, those first that are not as they should be. */
  static Map<String, Object> status(
      Supervisor supervisor, UsageSampler usage, String filter, int limit) {
    String wanted = filter.toLowerCase(Locale.ROOT);
    List<ProcessInfo> found = new ArrayList<>();
    for (ProcessInfo process : supervisor.processes()) {
      String text = process.group() + ":" + process.name() + " " + process.state().name();
      if (text.toLowerCase(Locale.ROOT).contains(wanted)) {
        found.add(process);
      }
    }
    int total = found.size();
    found.sort(Comparator.comparing(process -> urgency(process.state())));
    Instant now = Instant.now();
    List<Map<String, Object>> shown = new ArrayList<>();
    for (ProcessInfo process : found.subList(0, Math.min(limit, total))) {
      shown.add(of(process, usage, now));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("supervisord", supervisor.state().name());
    values.put("matching", total);
    values.put("programs", shown);
    return values;
  }

  private static int urgency(ProcessState state) {
    return switch (state) {
      case FATAL, UNKNOWN -> 0;
      case BACKOFF -> 1;
      case STARTING, STOPPING -> 2;
      case EXITED, STOPPED -> 3;
      case RUNNING -> 4;
    };
  }

  private static Map<String, Object> of(ProcessInfo process, UsageSampler usage, Instant now) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", Namespec.of(process.group(), process.name()));
    values.put("state", process.state().name());
    values.put("description", ProcessDescription.of(process, now));
    values.put("restarts", process.restarts());
    if (process.pid() != 0) {
      ProcessUsage used = usage.usage(process.pid());
      values.put("cpuPercent", Math.round(used.cpuPercent() * 10) / 10.0);
      values.put("residentBytes", used.residentBytes());
    }
    return values;
  }

  /** One program, and what it is configured as. */
  static Map<String, Object> describe(Supervisor supervisor, UsageSampler usage, String name) {
    ProcessInfo process = supervisor.process(name);
    Map<String, Object> values = of(process, usage, Instant.now());
    values.put("pid", process.pid());
    values.put("started", time(process.start()));
    values.put("ended", time(process.stop()));
    values.put("exitStatus", process.exitStatus());
    values.put("error", process.spawnError());
    values.put("failedStarts", process.backoff());
    values.put("stdoutLogfile", process.stdoutLogfile().map(Path::toString).orElse(null));
    values.put("stderrLogfile", process.stderrLogfile().map(Path::toString).orElse(null));
    configuration(supervisor, process).ifPresent(found -> values.put("configuration", found));
    return values;
  }

  private static String time(Instant instant) {
    return instant.equals(Instant.EPOCH) ? null : instant.toString();
  }

  private static Optional<JsonObject> configuration(Supervisor supervisor, ProcessInfo process) {
    JsonObject all = ShownConfiguration.of(supervisor.configuration());
    for (Object group : all.getArray("groups")) {
      JsonObject members = (JsonObject) group;
      JsonArray processes = members.getArray("processes");
      for (Object one : process.group().equals(members.getString("name")) ? processes : List.of()) {
        JsonObject configured = (JsonObject) one;
        if (process.name().equals(configured.getString("name"))) {
          return Optional.of(configured);
        }
      }
    }
    return Optional.empty();
  }

  /** The last lines of a log. */
  static String log(Supervisor supervisor, String name, String channel, int lines) {
    Optional<Path> file;
    if (name.isEmpty()) {
      file = supervisor.logfile();
    } else {
      ProcessInfo process = supervisor.process(name);
      file = channel.equals("stderr") ? process.stderrLogfile() : process.stdoutLogfile();
    }
    if (file.isEmpty()) {
      throw new IllegalArgumentException("there is no log file for that");
    }
    try {
      String text = LogReader.read(file.get(), -MAX_LOG_BYTES, 0).text();
      List<String> all = text.lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (LogException e) {
      throw new IllegalArgumentException("the log cannot be read: " + e.getMessage(), e);
    }
  }
}
