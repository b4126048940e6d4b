package ee.supervisor.xmlrpc;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ProcessInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The structs of {@code getAllConfigInfo}. What is not set is the text {@code none}, and a log
 * whose name is still to be made up is {@code auto}, since XML-RPC has no type for either.
 */
final class ConfigInfoStruct {
  private static final String NONE = "none";
  private static final String AUTO = "auto";

  private ConfigInfoStruct() {}

  /** A struct for each process of the configuration read last, by name. */
  static List<Map<String, Object>> all(Supervisor supervisor) {
    Map<String, GroupInfo> active = new HashMap<>();
    supervisor.groups().forEach(group -> active.put(group.name(), group));
    List<Map<String, Object>> structs = new ArrayList<>();
    for (GroupConfig group : supervisor.configuration().groups()) {
      Optional<GroupInfo> running = Optional.ofNullable(active.get(group.name()));
      for (ProcessConfig process : group.processes()) {
        structs.add(struct(group, process, running));
      }
    }
    structs.sort(Comparator.comparing(struct -> (String) struct.get("name")));
    return structs;
  }

  private static Map<String, Object> struct(
      GroupConfig group, ProcessConfig process, Optional<GroupInfo> active) {
    Optional<ProcessInfo> info = active.flatMap(g -> running(g, process));
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("autostart", process.autostart());
    struct.put("directory", process.directory().orElse(NONE));
    struct.put("uid", process.user().<Object>map(user -> user.uid()).orElse(NONE));
    struct.put("command", process.command());
    struct.put("exitcodes", process.exitcodes());
    struct.put("group", group.name());
    struct.put("group_prio", group.priority());
    struct.put("inuse", active.isPresent());
    struct.put("killasgroup", process.killasgroup());
    struct.put("name", process.name());
    struct.put("process_prio", process.priority());
    struct.put("redirect_stderr", process.redirectStderr());
    struct.put("startretries", process.startretries());
    struct.put("startsecs", process.startsecs());
    channel(struct, "stdout", process.stdout(), info, ProcessInfo::stdoutLogfile);
    struct.put("stopsignal", process.stopsignal());
    struct.put("stopwaitsecs", process.stopwaitsecs());
    channel(struct, "stderr", process.stderr(), info, ProcessInfo::stderrLogfile);
    struct.put("serverurl", process.serverurl().orElse(NONE));
    return struct;
  }

  /** The process that runs by this very configuration: only its AUTO logs have names. */
  @SuppressWarnings("ReferenceEquality")
  private static Optional<ProcessInfo> running(GroupInfo group, ProcessConfig config) {
    return group.processes().stream().filter(p -> p.config() == config).findFirst();
  }

  private static void channel(
      Map<String, Object> struct,
      String name,
      ChannelConfig channel,
      Optional<ProcessInfo> info,
      Function<ProcessInfo, Optional<Path>> madeUp) {
    struct.put(name + "_capture_maxbytes", channel.captureMaxbytes());
    struct.put(name + "_events_enabled", channel.eventsEnabled());
    struct.put(name + "_logfile", logfile(channel.logfile(), info.flatMap(madeUp)));
    struct.put(name + "_logfile_backups", channel.backups());
    struct.put(name + "_logfile_maxbytes", channel.maxbytes());
    struct.put(name + "_syslog", channel.syslog());
  }

  private static String logfile(LogDestination destination, Optional<Path> madeUp) {
    if (destination instanceof LogDestination.File file) {
      return file.name();
    }
    if (destination instanceof LogDestination.Auto) {
      return madeUp.map(Path::toString).orElse(AUTO);
    }
    return NONE;
  }
}
