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
import java.util.Set;

/**
 * An active process group. Its composition never changes; its processes' states do, on the control
 * loop.
 */
public final class ProcessGroup {
  private final GroupConfig config;
  private final Map<String, ManagedProcess> processes = new LinkedHashMap<>();
  private final List<ManagedProcess> byPriority;
  private final Optional<ListenerPool> pool;
  private final Optional<SharedSocket> socket;

  /**
   * Makes a group.
   *
   * @param pool what hands its processes events, if they are listeners
   * @param socket what its processes listen at, if they are FastCGI programs
   */
  ProcessGroup(
      GroupConfig config,
      List<ManagedProcess> members,
      Optional<ListenerPool> pool,
      Optional<SharedSocket> socket) {
    this.config = config;
    this.pool = pool;
    this.socket = socket;
    members.forEach(p -> processes.put(p.config().name(), p));
    this.byPriority =
        processes.values().stream()
            .sorted(Comparator.comparingLong(p -> p.config().priority()))
            .toList();
  }

  /** As above, for a group whose processes listen at nothing that they share. */
  ProcessGroup(GroupConfig config, List<ManagedProcess> members, Optional<ListenerPool> pool) {
    this(config, members, pool, Optional.empty());
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

  /** What hands its processes events, if they are listeners. */
  Optional<ListenerPool> eventPool() {
    return pool;
  }

  /** What its processes listen at, if they are FastCGI programs. */
  Optional<SharedSocket> socket() {
    return socket;
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

  /** As {@link #autostart(Guard)}, of those of some names. */
  public void autostart(Set<String> names, Guard guard) {
    processes.values().stream()
        .filter(process -> names.contains(process.config().name()))
        .forEach(process -> guard.run(process, process::autostart));
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
    byPriority.forEach(ManagedProcess::retire);
    pool.ifPresent(ListenerPool::close);
  }
}
