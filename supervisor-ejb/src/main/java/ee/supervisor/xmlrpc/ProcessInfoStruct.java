package ee.supervisor.xmlrpc;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.process.ProcessDescription;
import ee.supervisor.process.ProcessInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The struct of {@code getProcessInfo}: its keys, their order and their types. */
final class ProcessInfoStruct {

  private ProcessInfoStruct() {}

  /** The struct that tells {@code process} as seen at {@code now}. */
  static Map<String, Object> of(ProcessInfo process, Instant now) {
    String stdout = logfile(process.config().stdout(), process.stdoutLogfile());
    String stderr = logfile(process.config().stderr(), process.stderrLogfile());
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("name", process.name());
    struct.put("group", process.group());
    struct.put("start", process.start().getEpochSecond());
    struct.put("stop", process.stop().getEpochSecond());
    struct.put("now", now.getEpochSecond());
    struct.put("state", process.state().code());
    struct.put("statename", process.state().name());
    struct.put("spawnerr", process.spawnError());
    struct.put("exitstatus", process.exitStatus());
    struct.put("logfile", stdout);
    struct.put("stdout_logfile", stdout);
    struct.put("stderr_logfile", stderr);
    struct.put("pid", process.pid());
    struct.put("description", ProcessDescription.of(process, now));
    return struct;
  }

  /** A file is shown as the configuration has it, to the letter. */
  private static String logfile(ChannelConfig channel, Optional<Path> file) {
    return channel.logfile() instanceof LogDestination.File named
        ? named.name()
        : file.map(Path::toString).orElse("");
  }
}
