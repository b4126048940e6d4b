package ee.supervisor.config;

import java.util.List;

/**
 * Makes what the {@code stdout_*} and {@code stderr_*} options of a program say into what happens
 * to its output, and warns of what is odd about it.
 */
final class ChannelKeys {
  private final OptionValues values;
  private final String section;
  private final List<String> warnings;

  /**
   * @param section the header of the program's section
   * @param warnings grows
   */
  ChannelKeys(OptionValues values, String section, List<String> warnings) {
    this.values = values;
    this.section = section;
    this.warnings = warnings;
  }

  ChannelConfig stdout() {
    return channel(Options.STDOUT);
  }

  /** Without a log file of its own where it goes into stdout. */
  ChannelConfig stderr() {
    ChannelConfig stderr = channel(Options.STDERR);
    return values.get(Options.REDIRECT_STDERR) ? redirected(stderr) : stderr;
  }

  private ChannelConfig channel(Options.Channel options) {
    LogDestination logfile = values.get(options.logfile());
    long maxbytes = values.get(options.maxbytes());
    boolean syslog = values.get(options.syslog());
    if (logfile instanceof LogDestination.Syslog) {
      warn(
          "%s=syslog but this is deprecated and will be removed.  Use %s=true to enable syslog"
                  .formatted(options.logfile(), options.syslog())
              + " instead.");
      logfile = new LogDestination.None();
      syslog = true;
    }
    if (logfile instanceof LogDestination.Auto && maxbytes == 0) {
      warn(
          "AUTO logging used for %s without rollover, set maxbytes > 0 to avoid filling up"
                  .formatted(options.logfile())
              + " filesystem unintentionally");
    }
    return new ChannelConfig(
        logfile,
        maxbytes,
        values.get(options.backups()),
        values.get(options.captureMaxbytes()),
        values.get(options.eventsEnabled()),
        syslog);
  }

  private ChannelConfig redirected(ChannelConfig config) {
    if (config.logfile() instanceof LogDestination.File) {
      warn(
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

  private void warn(String text) {
    warnings.add("For [%s], %s".formatted(section, text));
  }
}
