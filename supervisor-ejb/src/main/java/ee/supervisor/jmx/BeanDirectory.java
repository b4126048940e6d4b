package ee.supervisor.jmx;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UsageSampler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/**
 * Keeps the beans of an MBean server the same as the active groups.
 *
 * <p>Confined to the thread of {@link JmxRegistry}.
 */
final class BeanDirectory {
  private final Supervisor supervisor;
  private final MBeanServer server;
  private final UsageSampler sampler = new UsageSampler();
  private final NotificationBroadcasterSupport supervisorEmitter =
      new NotificationBroadcasterSupport(Notifications.ofSupervisor());
  private final Map<String, RegisteredGroup> groups = new LinkedHashMap<>();
  private boolean supervisorRegistered;

  /** A directory without beans. */
  BeanDirectory(Supervisor supervisor, MBeanServer server) {
    this.supervisor = supervisor;
    this.server = server;
  }

  /**
   * Registers the supervisor's own bean.
   *
   * @param droppedCommunications counts notifications that could not be sent
   */
  void open(LongSupplier droppedCommunications) throws JMException {
    server.registerMBean(
        DescribedMBean.of(
            new SupervisorControl(supervisor, sampler, droppedCommunications),
            SupervisorMXBean.class,
            supervisorEmitter),
        BeanNames.SUPERVISOR);
    supervisorRegistered = true;
  }

  /**
   * Registers and unregisters until the beans are those of the groups that are active now.
   *
   * @throws JMException when not all could be, because a name is taken; all other groups have
   *     theirs
   */
  void synchronize() throws JMException {
    Map<String, GroupInfo> active = new LinkedHashMap<>();
    supervisor.groups().forEach(g -> active.put(g.name(), g));
    for (RegisteredGroup each : List.copyOf(groups.values())) {
      GroupInfo now = active.get(each.config.name());
      // The very object: a group that was replaced by one of the same name gets beans of its own.
      if (now == null || now.config() != each.config) {
        unregister(each);
      }
    }
    JMException failure = null;
    for (GroupInfo group : active.values()) {
      if (!groups.containsKey(group.name())) {
        try {
          register(group);
        } catch (JMException e) {
          failure = e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Unregisters everything. */
  void close() throws JMException {
    for (RegisteredGroup each : List.copyOf(groups.values())) {
      unregister(each);
    }
    if (supervisorRegistered) {
      supervisorRegistered = false;
      server.unregisterMBean(BeanNames.SUPERVISOR);
    }
  }

  /** The name of a process's bean, if it has one. */
  Optional<ObjectName> nameOf(String group, String process) {
    return bean(group, process).map(b -> b.name);
  }

  /** Sends from the supervisor's bean. */
  void send(Notification notification) {
    supervisorEmitter.sendNotification(notification);
  }

  /** Sends from a process's bean, if it has one, and from the supervisor's. */
  void send(Notification notification, String group, String process) {
    bean(group, process).ifPresent(b -> b.emitter.sendNotification(notification));
    send(notification);
  }

  private Optional<ProcessBean> bean(String group, String process) {
    return Optional.ofNullable(groups.get(group)).map(g -> g.processes.get(process));
  }

  private void register(GroupInfo group) throws JMException {
    RegisteredGroup registered = new RegisteredGroup(group.config());
    groups.put(group.name(), registered);
    List<ProgramControl> programs = new ArrayList<>();
    for (ProcessInfo process : group.processes()) {
      programs.add(register(group.config(), process, registered));
    }
    server.registerMBean(
        DescribedMBean.of(
            new GroupControl(supervisor, group.config(), programs),
            GroupMXBean.class,
            new NotificationBroadcasterSupport()),
        BeanNames.group(group.name()));
    registered.names.add(BeanNames.group(group.name()));
  }

  private ProgramControl register(
      GroupConfig config, ProcessInfo process, RegisteredGroup registered) throws JMException {
    NotificationBroadcasterSupport emitter =
        new NotificationBroadcasterSupport(Notifications.ofProcess());
    ProgramControl control;
    DescribedMBean bean;
    ObjectName name;
    if (config instanceof GroupConfig.EventListeners pool) {
      EventListenerControl listener = new EventListenerControl(supervisor, sampler, process, pool);
      control = listener;
      bean = DescribedMBean.of(listener, EventListenerMXBean.class, emitter);
      name = BeanNames.eventListener(process.group(), process.name());
    } else {
      control = new ProgramControl(supervisor, sampler, process);
      bean = DescribedMBean.of(control, ProgramMXBean.class, emitter);
      name = BeanNames.program(process.group(), process.name());
    }
    server.registerMBean(bean, name);
    registered.names.add(name);
    registered.processes.put(process.name(), new ProcessBean(name, emitter));
    return control;
  }

  private void unregister(RegisteredGroup group) throws JMException {
    groups.remove(group.config.name());
    for (ObjectName name : group.names) {
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
    }
  }

  private record ProcessBean(ObjectName name, NotificationBroadcasterSupport emitter) {}

  /** The beans of one active group. */
  private static final class RegisteredGroup {
    final GroupConfig config;
    final Map<String, ProcessBean> processes = new LinkedHashMap<>();
    final List<ObjectName> names = new ArrayList<>();

    RegisteredGroup(GroupConfig config) {
      this.config = config;
    }
  }
}
