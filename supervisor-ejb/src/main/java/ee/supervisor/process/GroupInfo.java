package ee.supervisor.process;

import ee.supervisor.config.GroupConfig;
import java.util.List;

/** An active group with its processes by priority, as they were at one moment. */
public record GroupInfo(GroupConfig config, List<ProcessInfo> processes) {

  public GroupInfo {
    processes = List.copyOf(processes);
  }

  /** The group's name. */
  public String name() {
    return config.name();
  }
}
