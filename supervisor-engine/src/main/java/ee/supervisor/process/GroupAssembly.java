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
import java.util.function.Function;

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
    boolean listeners = config instanceof GroupConfig.EventListeners;
    List<ProcessLogs> logs =
        config.processes().stream()
            .map(process -> services.output().logsOf(process, settings, listeners))
            .toList();
    return new Parts(config, settings, logs, socket, handler);
  }

  /** A group none of whose processes has been started. On the control loop. */
  public ProcessGroup assemble(Parts parts) {
    if (parts.config() instanceof GroupConfig.EventListeners pool) {
      return listeners(pool, parts);
    }
    String group = parts.config().name();
    return new ProcessGroup(
        parts.config(),
        members(
            parts,
            process ->
                parts.socket().isPresent()
                    ? new FastCgiRole(group, process, services, parts.socket().get())
                    : new ProgramRole(group, process, services)),
        Optional.empty());
  }

  private ProcessGroup listeners(GroupConfig.EventListeners config, Parts parts) {
    ListenerPool pool =
        new ListenerPool(
            config,
            parts.handler().orElseThrow(),
            parts.settings().identifier(),
            services.events(),
            services.log()::log);
    return new ProcessGroup(
        config,
        members(parts, process -> new ListenerRole(pool, process, services)),
        Optional.of(pool));
  }

  private List<ManagedProcess> members(
      Parts parts, Function<ProcessConfig, ChildLauncher.Role> role) {
    List<ManagedProcess> members = new ArrayList<>();
    for (ProcessConfig process : parts.config().processes()) {
      ProcessLogs logs = parts.logs().get(members.size());
      members.add(member(parts.config(), process, logs, role.apply(process)));
    }
    return members;
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
