package ee.supervisor.jmx.client;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.management.openmbean.CompositeData;

/**
 * A process as supervisord showed it at one moment.
 *
 * @param group the name of its group
 * @param name its name
 * @param stateName its state
 * @param state its state as a number
 * @param description how it fares, in one line
 * @param pid its process id, 0 when it does not run
 * @param uptimeSeconds since it was started, 0 when it does not run
 * @param start when it was last started, if ever
 * @param stop when it last ended, if ever
 * @param now that moment, by supervisord's clock
 * @param exitStatus exit code of its last end
 * @param spawnError why it could not be started, empty if it could
 * @param stdoutLogfile the file of its standard output, empty if none
 * @param stderrLogfile the file of its standard error, empty if none
 * @param restarts how often supervisord has started it again
 * @param cpuPercent processor time used lately, in percent of one processor
 * @param residentBytes its resident memory
 */
public record ProcessRow(
    String group,
    String name,
    String stateName,
    int state,
    String description,
    int pid,
    long uptimeSeconds,
    Optional<Instant> start,
    Optional<Instant> stop,
    Instant now,
    int exitStatus,
    String spawnError,
    String stdoutLogfile,
    String stderrLogfile,
    long restarts,
    double cpuPercent,
    long residentBytes) {

  /** Reads what the attribute {@code Processes} holds an array of. */
  static ProcessRow of(CompositeData data) {
    return new ProcessRow(
        (String) data.get("group"),
        (String) data.get("name"),
        (String) data.get("stateName"),
        (Integer) data.get("state"),
        (String) data.get("description"),
        (Integer) data.get("pid"),
        (Long) data.get("uptimeSeconds"),
        instant(data, "startTime"),
        instant(data, "stopTime"),
        ((Date) data.get("now")).toInstant(),
        (Integer) data.get("exitStatus"),
        (String) data.get("spawnError"),
        (String) data.get("stdoutLogfile"),
        (String) data.get("stderrLogfile"),
        (Long) data.get("restarts"),
        (Double) data.get("cpuPercent"),
        (Long) data.get("residentBytes"));
  }

  private static Optional<Instant> instant(CompositeData data, String item) {
    return Optional.ofNullable((Date) data.get(item)).map(Date::toInstant);
  }

  /** What operators call it: the name alone where the group has the same. */
  public String shortName() {
    return group.equals(name) ? name : namespec();
  }

  /** {@code group:name}, which means this process and no other. */
  public String namespec() {
    return group + ":" + name;
  }
}
