package ee.supervisor.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
    return new ProcessConfig(
        name,
        command,
        999,
        new ProcessConfig.Start(autostart, Duration.ofSeconds(startsecs), 3),
        new ProcessConfig.Restart(Autorestart.UNEXPECTED, List.of(0)),
        new ProcessConfig.Stop(15, Duration.ofSeconds(10), false, false),
        new ProcessConfig.Execution(
            Optional.empty(), OptionalInt.empty(), Optional.empty(), Map.of(), Optional.empty()),
        false,
        stdout,
        stderr);
  }
}
