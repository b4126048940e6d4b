package ee.supervisor.output;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.SampleProcess;
import ee.supervisor.config.SupervisordConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An output loop with an activity log in a directory of the test's. */
final class OutputFixture implements AutoCloseable {
  final Path directory;
  final ActivityLog activityLog;
  final OutputLoop loop;
  private final boolean stripAnsi;

  OutputFixture(Path directory) throws Exception {
    this(directory, LogLevel.INFO, false);
  }

  OutputFixture(Path directory, LogLevel level, boolean stripAnsi) throws Exception {
    this.directory = directory;
    this.stripAnsi = stripAnsi;
    activityLog = ActivityLog.open(settings(directory.resolve("supervisord.log"), level));
    loop = OutputLoop.start(activityLog, broken -> {});
  }

  static ActivityLog.Settings settings(Path file, LogLevel level) {
    return new ActivityLog.Settings(level, new LogDestination.File(file.toString()), 0, 0, false);
  }

  static ChannelConfig toFile(Path file) {
    return rotating(file, 0, 0);
  }

  static ChannelConfig rotating(Path file, long maxBytes, int backups) {
    return new ChannelConfig(
        new LogDestination.File(file.toString()), maxBytes, backups, 0, false, false);
  }

  static ChannelConfig capturing(Path file, long captureMaxBytes, boolean events) {
    return new ChannelConfig(
        new LogDestination.File(file.toString()), 0, 0, captureMaxBytes, events, false);
  }

  static ChannelConfig none() {
    return new ChannelConfig(new LogDestination.None(), 0, 0, 0, false, false);
  }

  static ChannelConfig auto() {
    return new ChannelConfig(new LogDestination.Auto(), 0, 0, 0, false, false);
  }

  ProcessLogs logs(ChannelConfig stdout, ChannelConfig stderr, boolean eventListener) {
    ProcessConfig config = SampleProcess.of("talk", "/bin/talk", stdout, stderr);
    return loop.logsOf(config, supervisord(), eventListener);
  }

  private SupervisordConfig supervisord() {
    return new SupervisordConfig(
        true,
        true,
        Optional.empty(),
        022,
        Optional.empty(),
        new LogDestination.None(),
        0,
        0,
        LogLevel.INFO,
        directory.resolve("supervisord.pid").toString(),
        "supervisor",
        directory.toString(),
        1024,
        200,
        false,
        stripAnsi,
        Optional.empty(),
        Map.of(),
        List.of());
  }

  /** A child with that stdout log; its stderr goes nowhere. */
  PipedChild child(ChannelConfig stdout) throws Exception {
    return new PipedChild(loop, logs(stdout, none(), false));
  }

  String activity() throws IOException {
    return Files.readString(directory.resolve("supervisord.log"));
  }

  /** The file's bytes, each as the character of that number. */
  static String contents(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "no file";
  }

  @Override
  public void close() {
    loop.close();
    activityLog.close();
  }
}
