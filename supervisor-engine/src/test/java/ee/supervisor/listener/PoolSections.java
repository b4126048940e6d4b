package ee.supervisor.listener;

import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.SampleProcess;
import java.util.List;
import java.util.stream.Stream;

/** Makes [eventlistener:x] sections for tests. */
final class PoolSections {
  private static final ChannelConfig NOWHERE =
      new ChannelConfig(new LogDestination.None(), 0, 0, 0, false, false);

  private PoolSections() {}

  /** A pool of the given processes with the default result handler. */
  static GroupConfig.EventListeners pool(
      String name, int bufferSize, List<String> events, String... processes) {
    return judgedBy(AcceptsOk.NAME, name, bufferSize, events, processes);
  }

  static GroupConfig.EventListeners judgedBy(
      String resultHandler, String name, int bufferSize, List<String> events, String... processes) {
    return new GroupConfig.EventListeners(
        name,
        -1,
        Stream.of(processes).map(PoolSections::process).toList(),
        bufferSize,
        events,
        resultHandler);
  }

  private static ProcessConfig process(String name) {
    return SampleProcess.of(name, "/bin/cat", NOWHERE, NOWHERE);
  }
}
