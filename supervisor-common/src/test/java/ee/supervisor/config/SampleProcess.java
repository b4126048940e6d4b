package ee.supervisor.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A program's configuration for tests that care about little of it: the defaults in all else. */
public final class SampleProcess {

  private SampleProcess() {}

  /** One that starts with supervisord. */
  public static ProcessConfig of(
      String name, String command, ChannelConfig stdout, ChannelConfig stderr) {
    return of(name, command, true, 1, stdout, stderr);
  }

  /** One of which the start is told, too. */
  public static ProcessConfig of(
      String name,
      String command,
      boolean autostart,
      int startsecs,
      ChannelConfig stdout,
      ChannelConfig stderr) {
    OptionValues values = defaults();
    return new ProcessConfig(
        name,
        command,
        values.get(Options.PRIORITY),
        new ProcessConfig.Start(
            autostart, Duration.ofSeconds(startsecs), values.get(Options.STARTRETRIES)),
        ProcessConfig.Restart.of(values),
        stop(values),
        ProcessConfig.Execution.of(values, Map.of()),
        values.get(Options.REDIRECT_STDERR),
        stdout,
        stderr,
        ProcessConfig.Relations.NONE,
        ProcessConfig.RestartPolicy.SUPERVISORS,
        health(values),
        hooks(values),
        values.get(Options.ROLLING_UPDATE));
  }

  private static OptionValues defaults() {
    Host nowhere =
        new Host(
            Map.of(),
            Path.of("/"),
            "host1",
            0,
            "/tmp",
            UserLookup.unchecked(KnownUsers.INSTANCE),
            name -> true,
            ConfigFiles.ON_DISK,
            false);
    Section empty = new Section(new IniDocument(), "program:x", new Expansions(Map.of()), nowhere);
    try {
      return OptionValues.read(empty, Options.ofPrograms());
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private static HealthConfig health(OptionValues values) {
    try {
      return HealthConfig.of(values);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private static HooksConfig hooks(OptionValues values) {
    try {
      return HooksConfig.of(values);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private static ProcessConfig.Stop stop(OptionValues values) {
    try {
      return ProcessConfig.Stop.of(values);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
