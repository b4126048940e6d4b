package ee.supervisor.jmx;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessConfig;

/**
 * A process of the configuration, active or not, as composite data.
 *
 * @param group its group
 * @param name its name
 * @param active whether its group is active
 * @param autostart whether it starts with supervisord
 * @param groupPriority the group's priority
 * @param priority its priority in the group
 */
public record ConfiguredProcess(
    String group,
    String name,
    boolean active,
    boolean autostart,
    long groupPriority,
    long priority) {

  static ConfiguredProcess of(GroupConfig group, ProcessConfig process, boolean active) {
    return new ConfiguredProcess(
        group.name(),
        process.name(),
        active,
        process.start().automatic(),
        group.priority(),
        process.priority());
  }

  /** {@link #group}, for MXBeans before Java 21. */
  public String getGroup() {
    return group;
  }

  /** {@link #name}, for MXBeans before Java 21. */
  public String getName() {
    return name;
  }

  /** {@link #active}, for MXBeans before Java 21. */
  public boolean isActive() {
    return active;
  }

  /** {@link #autostart}, for MXBeans before Java 21. */
  public boolean isAutostart() {
    return autostart;
  }

  /** {@link #groupPriority}, for MXBeans before Java 21. */
  public long getGroupPriority() {
    return groupPriority;
  }

  /** {@link #priority}, for MXBeans before Java 21. */
  public long getPriority() {
    return priority;
  }
}
