package ee.supervisor.ctl.top;

import ee.supervisor.ctl.action.PrintableText;
import ee.supervisor.protocol.Namespec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A process as it was when the server was asked last.
 *
 * @param id as the server takes it, always with its group
 * @param name as it is shown
 * @param state such as {@code RUNNING}
 * @param pid 0 if there is none
 * @param start when it was started, in seconds since 1970, 0 if never
 * @param stop when it last ended, 0 if never
 * @param why what the server says of a start that failed, or of what is waited for
 * @param cpu percent of one processor, if it runs and the server tells
 * @param memory resident bytes, if it runs and the server tells
 * @param restarts how often it was started again, if the server tells
 */
record Program(
    String id,
    String name,
    String state,
    int pid,
    long start,
    long stop,
    String why,
    OptionalDouble cpu,
    OptionalLong memory,
    OptionalLong restarts) {

  /** Out of what REST says. */
  static Program ofRest(Map<?, ?> members) {
    String group = text(members, "group");
    String name = text(members, "name");
    int pid = (int) number(members, "pid");
    String status = text(members, "statusText");
    return new Program(
        group + ":" + name,
        PrintableText.of(Namespec.of(group, name)),
        text(members, "state"),
        pid,
        seconds(text(members, "start")),
        seconds(text(members, "stop")),
        PrintableText.of(status.isEmpty() ? text(members, "spawnError") : status),
        pid != 0 && members.get("cpuPercent") instanceof Number cpu
            ? OptionalDouble.of(cpu.doubleValue())
            : OptionalDouble.empty(),
        pid != 0 && members.get("residentBytes") instanceof Number bytes
            ? OptionalLong.of(bytes.longValue())
            : OptionalLong.empty(),
        members.get("restarts") instanceof Number restarts
            ? OptionalLong.of(restarts.longValue())
            : OptionalLong.empty());
  }

  /** Out of what {@code getAllProcessInfo} says. */
  static Program ofXmlRpc(Map<?, ?> members) {
    String group = text(members, "group");
    String name = text(members, "name");
    return new Program(
        group + ":" + name,
        PrintableText.of(Namespec.of(group, name)),
        text(members, "statename"),
        (int) number(members, "pid"),
        number(members, "start"),
        number(members, "stop"),
        PrintableText.of(text(members, "spawnerr")),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** For how long it has been up, in seconds; -1 if it isn't. */
  long uptime(long now) {
    return pid == 0 || start == 0 ? -1 : Math.max(0, now - start);
  }

  private static String text(Map<?, ?> members, String name) {
    Object value = members.get(name);
    return value == null ? "" : value.toString();
  }

  private static long number(Map<?, ?> members, String name) {
    return members.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static long seconds(String time) {
    try {
      return time.isEmpty() ? 0 : Instant.parse(time).getEpochSecond();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
