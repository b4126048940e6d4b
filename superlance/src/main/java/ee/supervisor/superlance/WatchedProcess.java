package ee.supervisor.superlance;

import java.time.Duration;

/**
 * A process as it was when it was asked for.
 *
 * @param group its group's name
 * @param name its own name
 * @param running whether its state is RUNNING
 * @param pid its process id, 0 when there is none
 * @param uptime time since it was started; meaningless when there is no process
 */
record WatchedProcess(String group, String name, boolean running, int pid, Duration uptime) {

  /** How supervisord's clients write it: {@code group:process}, or the name alone if it is both. */
  String namespec() {
    return group.equals(name) ? name : group + ":" + name;
  }

  /** The name with the group in any case. */
  String fullName() {
    return group + ":" + name;
  }

  /** Whether an operator who wrote {@code spec} means this process. */
  boolean isNamed(String spec) {
    return spec.equals(name) || spec.equals(namespec()) || spec.equals(fullName());
  }
}
