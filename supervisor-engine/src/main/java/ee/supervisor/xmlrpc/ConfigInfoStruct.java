package ee.supervisor.xmlrpc;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.Options;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.ShownOption;
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
import java.util.function.Function;

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

  /** Supervisor's members in its order. What it does not have stays out of its struct. */
  private static final List<Member> MEMBERS =
      List.of(
          member(Options.AUTOSTART),
          member(Options.DIRECTORY),
          member(Options.PROGRAM_USER),
          member(Options.COMMAND),
          member(Options.EXITCODES),
          member("group", struct -> struct.group.name()),
          member("group_prio", struct -> struct.group.priority()),
          member("inuse", struct -> struct.active.isPresent()),
          member(Options.KILLASGROUP),
          member("name", struct -> struct.process.name()),
          member("process_prio", struct -> Options.PRIORITY.json(struct.process)),
          member(Options.REDIRECT_STDERR),
          member(Options.STARTRETRIES),
          member(Options.STARTSECS),
          member(Options.STDOUT.captureMaxbytes()),
          member(Options.STDOUT.eventsEnabled()),
          member(
              Options.STDOUT.logfile().name(),
              struct -> struct.logfile(struct.process.stdout(), ProcessInfo::stdoutLogfile)),
          member(Options.STDOUT.backups()),
          member(Options.STDOUT.maxbytes()),
          member(Options.STDOUT.syslog()),
          // one number, as Supervisor has it; REST has all of several
          member(Options.STOPSIGNAL.name(), struct -> struct.process.stop().signal()),
          member(Options.STOPWAITSECS),
          member(Options.STDERR.captureMaxbytes()),
          member(Options.STDERR.eventsEnabled()),
          member(
              Options.STDERR.logfile().name(),
              struct -> struct.logfile(struct.process.stderr(), ProcessInfo::stderrLogfile)),
          member(Options.STDERR.backups()),
          member(Options.STDERR.maxbytes()),
          member(Options.STDERR.syslog()),
          member(Options.SERVERURL));

  /** A member's name and where its value comes from. */
  private static final class Member {
    private final byte[] name;
    private final Function<ConfigInfoStruct, Object> value;

    /**
     * @param value a boolean, number, text or list; null for what is not set
     */
    Member(String name, Function<ConfigInfoStruct, Object> value) {
      this.name = ValueWriter.name(name);
      this.value = value;
    }

    void write(ValueWriter out, ConfigInfoStruct struct) throws UnwritableResultException {
      Object written = value.apply(struct);
      if (written instanceof Boolean truth) {
        out.member(name, truth);
      } else if (written instanceof Number number) {
        out.member(name, number.longValue());
      } else if (written instanceof List<?> list) {
        out.member(name, list);
      } else {
        out.member(name, written == null ? NONE : written.toString());
      }
    }
  }

  private static Member member(ShownOption<ProcessConfig, ?> option) {
    return member(option.jsonName(), struct -> option.json(struct.process));
  }

  private static Member member(String name, Function<ConfigInfoStruct, Object> value) {
    return new Member(name, value);
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
    out.beginStruct();
    for (Member member : MEMBERS) {
      member.write(out, this);
    }
    out.endStruct();
  }

  /** The process that runs by this very configuration: only its AUTO logs have names. */
  @SuppressWarnings("ReferenceEquality")
  private Optional<ProcessInfo> running(GroupInfo running) {
    return running.processes().stream().filter(p -> p.config() == process).findFirst();
  }

  private String logfile(ChannelConfig channel, Function<ProcessInfo, Optional<Path>> madeUp) {
    if (channel.logfile() instanceof LogDestination.File file) {
      return file.name();
    }
    if (channel.logfile() instanceof LogDestination.Auto) {
      return active.flatMap(this::running).flatMap(madeUp).map(Path::toString).orElse(AUTO);
    }
    return NONE;
  }
}
