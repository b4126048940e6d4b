package ee.supervisor.process;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.guard.Guard;
import ee.supervisor.listener.ListenerPool;
import ee.supervisor.listener.ListenerPoolInfo;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An active process group. Its composition never changes; its processes' states do, on the control
 * loop.
 */
public final class ProcessGroup {
  private final GroupConfig config;
  private final Map<String, ManagedProcess> processes = new LinkedHashMap<>();
  private final List<ManagedProcess> byPriority;
  private final Optional<ListenerPool> pool;

  /**
   * Makes a group of processes that have not been started.
   *
   * @param pool what hands them events, if they are listeners
   */
  ProcessGroup(GroupConfig config, List<ManagedProcess> members, Optional<ListenerPool> pool) {
    this.config = config;
    this.pool = pool;
    members.forEach(p -> processes.put(p.config().name(), p));
    this.byPriority =
        processes.values().stream()
            .sorted(Comparator.comparingLong(p -> p.config().priority()))
            .toList();
  }

  /** The group's name. */
  public String name() {
    return config.name();
  }

  /** What it was configured as. */
  public GroupConfig config() {
    return config;
  }

  /** The process of that name. */
  public Optional<ManagedProcess> process(String name) {
    return Optional.ofNullable(processes.get(name));
  }

  /** Its processes by priority, those of the same priority in the file's order. */
  public List<ManagedProcess> byPriority() {
    return byPriority;
  }

  /** What its event listener pool is about, if it has one; for any thread. */
  public Optional<ListenerPoolInfo> pool() {
    return pool.map(ListenerPool::info);
  }

  /**
   * Starts what is to start with supervisord, in the configuration's order: for the processes of
   * one program that is by priority, for the programs of a group as it lists them.
   */
  public void autostart(Guard guard) {
    processes.values().forEach(process -> guard.run(process, process::autostart));
  }

  /** Sets right what a fault may have left behind, see {@link ManagedProcess#audit}. */
  public void audit(Guard guard) {
    byPriority.forEach(process -> guard.run(process, process::audit));
  }

  /**
   * Asks all its processes to stop, highest priority number first.
   *
   * @param guard keeps the fault of one from the others
   */
  public void shutDown(Guard guard) {
    for (int i = byPriority.size() - 1; i >= 0; i--) {
      ManagedProcess process = byPriority.get(i);
      guard.run(process, process::shutDown);
    }
  }

  /** Its processes that have not stopped, or to whose end something still belongs. */
  public List<ManagedProcess> unstopped() {
    return processes.values().stream()
        .filter(p -> !p.state().isStopped() || p.isAttended())
        .toList();
  }

  /** Releases what its processes share; they must have stopped. */
  public void close() {
    pool.ifPresent(ListenerPool::close);
  }
}
