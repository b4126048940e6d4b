package ee.supervisor.config;

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
        Optional.empty(),
        OptionalInt.empty(),
        999,
        autostart,
        Autorestart.UNEXPECTED,
        startsecs,
        3,
        15,
        10,
        false,
        false,
        List.of(0),
        Optional.empty(),
        false,
        stdout,
        stderr,
        Map.of(),
        Optional.empty());
  }
}
