package ee.supervisor.process;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.listener.ListenerPoolInfo;
import java.util.List;
import java.util.Optional;

/**
 * An active group as it was at one moment.
 *
 * @param config what it was configured as
 * @param processes its processes by priority
 * @param pool what its pool was about, if it is one of event listeners
 */
public record GroupInfo(
    GroupConfig config, List<ProcessInfo> processes, Optional<ListenerPoolInfo> pool) {

  public GroupInfo {
    processes = List.copyOf(processes);
  }

  /** The group's name. */
  public String name() {
    return config.name();
  }
}
