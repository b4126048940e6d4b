package ee.supervisor.process;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.listener.ListenerPool;
import ee.supervisor.listener.ResultHandlers;
import ee.supervisor.output.ProcessLogs;
import ee.supervisor.posix.PromptThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes active groups out of configured ones, each kind with what its processes share: in two
 * steps, since the first one looks at files.
 */
public final class GroupAssembly {
  private final ProcessServices services;

  public GroupAssembly(ProcessServices services) {
    this.services = services;
  }

  /**
   * What a group takes that comes from files: AUTO logs that were made, a FastCGI socket that can
   * be opened, the class of a result handler.
   *
   * @param logs those of each process, in the order of the processes
   */
  public record Parts(
      GroupConfig config,
      SupervisordConfig settings,
      List<ProcessLogs> logs,
      Optional<SharedSocket> socket,
      Optional<ResultHandler> handler) {

    public Parts {
      logs = List.copyOf(logs);
    }
  }

  /**
   * Gets what a group takes. For any thread but the control loop: this may wait for a file system.
   *
   * @param settings the [supervisord] section that the group belongs to
   * @throws IllegalStateException for the operator, when FastCGI's socket cannot be had
   * @throws IllegalArgumentException for the operator, when the result handler cannot be had
   */
  public Parts prepare(GroupConfig config, SupervisordConfig settings) {
    PromptThread.assertNotOn("prepare", config.name());
    Optional<SharedSocket> socket =
        config instanceof GroupConfig.FastCgi fastCgi
            ? Optional.of(new SharedSocket(fastCgi.socket(), services.log()))
            : Optional.empty();
    Optional<ResultHandler> handler =
        config instanceof GroupConfig.EventListeners pool
            ? Optional.of(ResultHandlers.of(pool))
            : Optional.empty();
    return new Parts(config, settings, logs(config, settings), socket, handler);
  }

  /**
   * As {@link #prepare}, for processes that come into a group that is active, and will share what
   * that has.
   *
   * @param newcomers the group with those processes alone
   */
  public Parts prepareNewcomers(GroupConfig newcomers, SupervisordConfig settings) {
    PromptThread.assertNotOn("prepare", newcomers.name());
    return new Parts(
        newcomers, settings, logs(newcomers, settings), Optional.empty(), Optional.empty());
  }

  private List<ProcessLogs> logs(GroupConfig config, SupervisordConfig settings) {
    boolean listeners = config instanceof GroupConfig.EventListeners;
    return config.processes().stream()
        .map(process -> services.output().logsOf(process, settings, listeners))
        .toList();
  }

  /** A group none of whose processes has been started. On the control loop. */
  public ProcessGroup assemble(Parts parts) {
    Optional<ListenerPool> pool =
        parts.config() instanceof GroupConfig.EventListeners listeners
            ? Optional.of(pool(listeners, parts))
            : Optional.empty();
    return new ProcessGroup(
        parts.config(), members(parts, pool, parts.socket()), pool, parts.socket());
  }

  private ListenerPool pool(GroupConfig.EventListeners config, Parts parts) {
    return new ListenerPool(
        config,
        parts.handler().orElseThrow(),
        parts.settings().identifier(),
        services.events(),
        services.log()::log);
  }

  /**
   * The processes of {@code parts}, none of which has been started, for a successor of {@code
   * group}. On the control loop.
   *
   * @param parts of {@link #prepareNewcomers}
   */
  public List<ManagedProcess> newcomers(ProcessGroup group, Parts parts) {
    return members(parts, group.eventPool(), group.socket());
  }

  /**
   * A group that takes the place of another, with what that one's processes share. On the control
   * loop.
   *
   * @param config its name, its priority and whatever else is not a process's
   * @param members its processes, in the order of the configuration
   */
  public ProcessGroup successor(
      ProcessGroup before, GroupConfig config, List<ManagedProcess> members) {
    return new ProcessGroup(
        config.with(config.priority(), members.stream().map(ManagedProcess::config).toList()),
        members,
        before.eventPool(),
        before.socket());
  }

  private List<ManagedProcess> members(
      Parts parts, Optional<ListenerPool> pool, Optional<SharedSocket> socket) {
    List<ManagedProcess> members = new ArrayList<>();
    for (ProcessConfig process : parts.config().processes()) {
      ProcessLogs logs = parts.logs().get(members.size());
      members.add(
          member(parts.config(), process, logs, role(parts.config(), process, pool, socket)));
    }
    return members;
  }

  private ChildLauncher.Role role(
      GroupConfig group,
      ProcessConfig process,
      Optional<ListenerPool> pool,
      Optional<SharedSocket> socket) {
    if (pool.isPresent()) {
      return new ListenerRole(pool.get(), process, services);
    }
    return socket.isPresent()
        ? new FastCgiRole(group.name(), process, services, socket.get())
        : new ProgramRole(group.name(), process, services);
  }

  private ManagedProcess member(
      GroupConfig config, ProcessConfig process, ProcessLogs logs, ChildLauncher.Role role) {
    return new ManagedProcess(
        config.name(),
        process,
        services,
        new ChildLauncher(
            config.name(),
            process,
            services,
            logs,
            role,
            services.companionOf(config.name(), process)));
  }
}
