package ee.supervisor.process;

import java.time.Duration;

/**
 * What a process uses of the machine.
 *
 * @param cpu processor time used since it was started
 * @param cpuPercent processor time used lately, in percent of one processor: 250 for two and a half
 * @param residentBytes resident memory
 */
public record ProcessUsage(Duration cpu, double cpuPercent, long residentBytes) {

  /** Of no process. */
  public static final ProcessUsage NONE = new ProcessUsage(Duration.ZERO, 0, 0);
}
