package ee.supervisor.config;

import java.util.Locale;
import java.util.Optional;

/** Reads the keys of one output stream of a program: {@code stdout_*} or {@code stderr_*}. */
final class ChannelKeys {
  private static final int DEFAULT_BACKUPS = 10;

  private final Reading reading;
  private final String channel;

  /**
   * @param channel {@code stdout} or {@code stderr}
   */
  ChannelKeys(Reading reading, String channel) {
    this.reading = reading;
    this.channel = channel;
  }

  /** What is the same for all processes of a section, and is read before they are told apart. */
  record Capture(long maxbytes, boolean eventsEnabled) {}

  Capture capture(Section section) throws ConfigException {
    long maxbytes = section.byteSize(channel + "_capture_maxbytes", 0);
    return new Capture(maxbytes, section.bool(channel + "_events_enabled", false));
  }

  /**
   * The stream of one process.
   *
   * @param section with the expansions of that process
   */
  ChannelConfig read(Section section, Capture capture) throws ConfigException {
    String logfileKey = channel + "_logfile";
    String syslogKey = channel + "_syslog";
    LogDestination logfile = logfile(section, logfileKey);
    long backups = section.integer(channel + "_logfile_backups", DEFAULT_BACKUPS);
    long maxbytes =
        section.byteSize(channel + "_logfile_maxbytes", SupervisordSection.DEFAULT_LOG_BYTES);
    boolean syslog = section.bool(syslogKey, false);
    if (logfile instanceof LogDestination.Syslog) {
      warn(
          section,
          "%s=syslog but this is deprecated and will be removed.  Use %s=true to enable syslog"
                  .formatted(logfileKey, syslogKey)
              + " instead.");
      logfile = new LogDestination.None();
      syslog = true;
    }
    if (logfile instanceof LogDestination.Auto && maxbytes == 0) {
      warn(
          section,
          "AUTO logging used for %s without rollover, set maxbytes > 0 to avoid filling up"
                  .formatted(logfileKey)
              + " filesystem unintentionally");
    }
    return new ChannelConfig(
        logfile, maxbytes, backups, capture.maxbytes(), capture.eventsEnabled(), syslog);
  }

  private LogDestination logfile(Section section, String key) throws ConfigException {
    Optional<String> text = section.text(key);
    if (text.isEmpty()) {
      return new LogDestination.Auto();
    }
    // expanded a second time, as Supervisor does: a percent sign needs to be written %%%% here
    String name = section.expansions().expand(text.get(), key);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "none", "off" -> new LogDestination.None();
      case "auto" -> new LogDestination.Auto();
      case "syslog" -> new LogDestination.Syslog();
      default -> new LogDestination.File(reading.paths().file(name));
    };
  }

  /** The stream of a process whose stderr goes into stdout: it has no log file of its own. */
  ChannelConfig redirected(Section section, ChannelConfig config) {
    if (config.logfile() instanceof LogDestination.File) {
      warn(
          section,
          "redirect_stderr=true but stderr_logfile has also been set to a filename, the filename"
              + " has been ignored");
    }
    return new ChannelConfig(
        new LogDestination.None(),
        config.maxbytes(),
        config.backups(),
        config.captureMaxbytes(),
        config.eventsEnabled(),
        config.syslog());
  }

  private void warn(Section section, String text) {
    reading.warnings().add("For [%s], %s".formatted(section.name(), text));
  }
}
