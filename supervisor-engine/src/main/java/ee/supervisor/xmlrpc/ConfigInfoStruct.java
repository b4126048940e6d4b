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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A struct of {@code getAllConfigInfo}. What is not set is the text {@code none}, and a log whose
 * name is still to be made up is {@code auto}, since XML-RPC has no type for either.
 *
 * @param group that it is of
 * @param process as configured
 * @param active the group that runs by that name
 */
record ConfigInfoStruct(GroupConfig group, ProcessConfig process, Optional<GroupInfo> active)
    implements WireValue {
  private static final String NONE = "none";
  private static final String AUTO = "auto";

  private static final byte[] AUTOSTART = ValueWriter.name("autostart");
  private static final byte[] DIRECTORY = ValueWriter.name("directory");
  private static final byte[] UID = ValueWriter.name("uid");
  private static final byte[] COMMAND = ValueWriter.name("command");
  private static final byte[] EXITCODES = ValueWriter.name("exitcodes");
  private static final byte[] GROUP = ValueWriter.name("group");
  private static final byte[] GROUP_PRIO = ValueWriter.name("group_prio");
  private static final byte[] INUSE = ValueWriter.name("inuse");
  private static final byte[] KILLASGROUP = ValueWriter.name("killasgroup");
  private static final byte[] NAME = ValueWriter.name("name");
  private static final byte[] PROCESS_PRIO = ValueWriter.name("process_prio");
  private static final byte[] REDIRECT_STDERR = ValueWriter.name("redirect_stderr");
  private static final byte[] STARTRETRIES = ValueWriter.name("startretries");
  private static final byte[] STARTSECS = ValueWriter.name("startsecs");
  private static final byte[] STOPSIGNAL = ValueWriter.name("stopsignal");
  private static final byte[] STOPWAITSECS = ValueWriter.name("stopwaitsecs");
  private static final byte[] SERVERURL = ValueWriter.name("serverurl");
  private static final ChannelNames STDOUT = new ChannelNames("stdout");
  private static final ChannelNames STDERR = new ChannelNames("stderr");

  /** The names of a channel's members. */
  private static final class ChannelNames {
    private final byte[] captureMaxbytes;
    private final byte[] eventsEnabled;
    private final byte[] logfile;
    private final byte[] backups;
    private final byte[] maxbytes;
    private final byte[] syslog;

    ChannelNames(String channel) {
      captureMaxbytes = ValueWriter.name(channel + "_capture_maxbytes");
      eventsEnabled = ValueWriter.name(channel + "_events_enabled");
      logfile = ValueWriter.name(channel + "_logfile");
      backups = ValueWriter.name(channel + "_logfile_backups");
      maxbytes = ValueWriter.name(channel + "_logfile_maxbytes");
      syslog = ValueWriter.name(channel + "_syslog");
    }
  }

  /** A struct for each process of the configuration read last, by name. */
  static List<ConfigInfoStruct> all(Supervisor supervisor) {
    Map<String, GroupInfo> active = new HashMap<>();
    supervisor.groups().forEach(group -> active.put(group.name(), group));
    List<ConfigInfoStruct> structs = new ArrayList<>();
    for (GroupConfig group : supervisor.configuration().groups()) {
      Optional<GroupInfo> running = Optional.ofNullable(active.get(group.name()));
      for (ProcessConfig process : group.processes()) {
        structs.add(new ConfigInfoStruct(group, process, running));
      }
    }
    structs.sort(Comparator.comparing(struct -> struct.process().name()));
    return structs;
  }

  @Override
  public void write(ValueWriter out) throws UnwritableResultException {
    Optional<ProcessInfo> info = active.flatMap(this::running);
    out.beginStruct();
    out.member(AUTOSTART, process.autostart());
    out.member(DIRECTORY, process.directory().orElse(NONE));
    if (process.user().isPresent()) {
      out.member(UID, process.user().get().uid());
    } else {
      out.member(UID, NONE);
    }
    out.member(COMMAND, process.command());
    out.member(EXITCODES, process.exitcodes());
    out.member(GROUP, group.name());
    out.member(GROUP_PRIO, group.priority());
    out.member(INUSE, active.isPresent());
    out.member(KILLASGROUP, process.killasgroup());
    out.member(NAME, process.name());
    out.member(PROCESS_PRIO, process.priority());
    out.member(REDIRECT_STDERR, process.redirectStderr());
    out.member(STARTRETRIES, process.startretries());
    out.member(STARTSECS, process.startsecs());
    channel(out, STDOUT, process.stdout(), info.flatMap(ProcessInfo::stdoutLogfile));
    out.member(STOPSIGNAL, process.stopsignal());
    out.member(STOPWAITSECS, process.stopwaitsecs());
    channel(out, STDERR, process.stderr(), info.flatMap(ProcessInfo::stderrLogfile));
    out.member(SERVERURL, process.serverurl().orElse(NONE));
    out.endStruct();
  }

  /** The process that runs by this very configuration: only its AUTO logs have names. */
  @SuppressWarnings("ReferenceEquality")
  private Optional<ProcessInfo> running(GroupInfo running) {
    return running.processes().stream().filter(p -> p.config() == process).findFirst();
  }

  private static void channel(
      ValueWriter out, ChannelNames names, ChannelConfig channel, Optional<Path> madeUp) {
    out.member(names.captureMaxbytes, channel.captureMaxbytes());
    out.member(names.eventsEnabled, channel.eventsEnabled());
    out.member(names.logfile, logfile(channel.logfile(), madeUp));
    out.member(names.backups, channel.backups());
    out.member(names.maxbytes, channel.maxbytes());
    out.member(names.syslog, channel.syslog());
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
