package ee.supervisor.jmx;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows a process's configuration as the file would have it. Values of the environment are left
 * out: passwords are often there, and not everybody who may look at a process may know them.
 */
final class ConfigurationView {

  private ConfigurationView() {}

  /** Lines as {@code priority=999}, in the order of the manual. */
  static List<String> of(ProcessConfig config) {
    return options(config).entrySet().stream().map(o -> o.getKey() + "=" + o.getValue()).toList();
  }

  private static Map<String, String> options(ProcessConfig config) {
    Map<String, String> view = new LinkedHashMap<>();
    view.put("command", config.command());
    view.put("priority", Long.toString(config.priority()));
    view.put("autostart", Boolean.toString(config.start().automatic()));
    view.put("autorestart", config.restart().when().name().toLowerCase(Locale.ROOT));
    view.put("startsecs", Long.toString(config.start().minimumUptime().toSeconds()));
    view.put("startretries", Long.toString(config.start().retries()));
    view.put(
        "exitcodes",
        config.restart().expectedCodes().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(",")));
    view.put("stopsignal", Integer.toString(config.stop().signal()));
    view.put("stopwaitsecs", Long.toString(config.stop().patience().toSeconds()));
    view.put("stopasgroup", Boolean.toString(config.stop().signalsGroup()));
    view.put("killasgroup", Boolean.toString(config.stop().killsGroup()));
    view.put("user", config.execution().user().map(UserId::name).orElse(""));
    view.put("directory", config.execution().directory().orElse(""));
    view.put(
        "umask",
        config.execution().umask().isEmpty()
            ? ""
            : "%03o".formatted(config.execution().umask().getAsInt()));
    view.put("redirect_stderr", Boolean.toString(config.redirectStderr()));
    channel(view, "stdout", config.stdout());
    channel(view, "stderr", config.stderr());
    view.put("environment", String.join(",", config.execution().environment().keySet()));
    view.put("serverurl", config.execution().serverurl().orElse("AUTO"));
    return view;
  }

  private static void channel(Map<String, String> view, String name, ChannelConfig channel) {
    view.put(name + "_logfile", destination(channel.logfile()));
    view.put(name + "_logfile_maxbytes", Long.toString(channel.maxbytes()));
    view.put(name + "_logfile_backups", Long.toString(channel.backups()));
    view.put(name + "_capture_maxbytes", Long.toString(channel.captureMaxbytes()));
    view.put(name + "_events_enabled", Boolean.toString(channel.eventsEnabled()));
    view.put(name + "_syslog", Boolean.toString(channel.syslog()));
  }

  private static String destination(LogDestination destination) {
    if (destination instanceof LogDestination.File file) {
      return file.name();
    }
    return destination.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }
}
