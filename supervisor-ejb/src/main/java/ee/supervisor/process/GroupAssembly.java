package ee.supervisor.process;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.ListenerPool;
import ee.supervisor.output.ProcessLogs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes active groups out of configured ones, each kind with what its processes share. */
public final class GroupAssembly {
  private final ProcessServices services;

  public GroupAssembly(ProcessServices services) {
    this.services = services;
  }

  /** A group none of whose processes has been started. */
  public ProcessGroup assemble(GroupConfig config) {
    if (config instanceof GroupConfig.EventListeners pool) {
      return listeners(pool);
    }
    if (config instanceof GroupConfig.FastCgi fastCgi) {
      return fastCgi(fastCgi);
    }
    return new ProcessGroup(
        config,
        members(config, process -> new ProgramRole(config.name(), process, services)),
        Optional.empty(),
        () -> {});
  }

  private ProcessGroup fastCgi(GroupConfig.FastCgi config) {
    SharedSocket socket = new SharedSocket(config.socket(), services.log());
    return new ProcessGroup(
        config,
        members(config, process -> new FastCgiRole(config.name(), process, services, socket)),
        Optional.empty(),
        () -> {});
  }

  private ProcessGroup listeners(GroupConfig.EventListeners config) {
    ListenerPool pool =
        new ListenerPool(
            config,
            services.settings().identifier(),
            services.events(),
            (level, message) -> {
              if (services.log().isEnabled(level)) {
                services.log().log(level, message.get());
              }
            });
    return new ProcessGroup(
        config,
        members(config, process -> new ListenerRole(pool, process, services)),
        Optional.of(pool),
        () -> {});
  }

  private List<ManagedProcess> members(
      GroupConfig config, Function<ProcessConfig, ChildLauncher.Role> role) {
    return config.processes().stream().map(p -> member(config, p, role.apply(p))).toList();
  }

  private ManagedProcess member(
      GroupConfig config, ProcessConfig process, ChildLauncher.Role role) {
    ProcessLogs logs =
        services
            .output()
            .logsOf(process, services.settings(), config instanceof GroupConfig.EventListeners);
    return new ManagedProcess(
        config.name(),
        process,
        services,
        new ChildLauncher(config.name(), process, services, logs, role));
  }
}
