package ee.supervisor.config;

/**
 * What happens to one output stream of a program (the {@code stdout_*} or {@code stderr_*} keys).
 *
 * @param logfile where the bytes go; never {@link LogDestination.Syslog} (see {@code syslog})
 * @param maxbytes bytes at which the file rotates, 0 for never
 * @param backups rotated files to keep
 * @param captureMaxbytes bytes of a PROCESS_COMMUNICATION kept, 0 for capture off
 * @param eventsEnabled whether PROCESS_LOG events are emitted
 * @param syslog whether each line also goes to syslog
 */
public record ChannelConfig(
    LogDestination logfile,
    long maxbytes,
    long backups,
    long captureMaxbytes,
    boolean eventsEnabled,
    boolean syslog) {

  /** This, with AUTO as its log file if {@code next} has that: any file may go on then. */
  ChannelConfig comparedFor(ChannelConfig next) {
    return new ChannelConfig(
        next.logfile instanceof LogDestination.Auto ? next.logfile : logfile,
        maxbytes,
        backups,
        captureMaxbytes,
        eventsEnabled,
        syslog);
  }
}
