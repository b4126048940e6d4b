package ee.supervisor.control;

import ee.supervisor.config.Configuration;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.OptionChange;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.control.UpdatePlan.Change;
import ee.supervisor.control.UpdatePlan.Effect;
import ee.supervisor.control.UpdatePlan.GroupPlan;
import ee.supervisor.control.UpdatePlan.ProcessPlan;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Foretells an update. Confined to the control loop, whose states it looks at. */
final class UpdatePlanner {
  private final Map<String, ProcessGroup> active = new LinkedHashMap<>();
  private final Map<String, GroupConfig> wanted = new LinkedHashMap<>();
  private final UpdateOptions options;

  private UpdatePlanner(
      Configuration next, Collection<ProcessGroup> groups, UpdateOptions options) {
    groups.forEach(group -> active.put(group.name(), group));
    next.groups().forEach(group -> wanted.put(group.name(), group));
    this.options = options;
  }

  /**
   * What {@link Supervisor#update(UpdateOptions)} would do.
   *
   * @param next the configuration it would read
   * @param groups the active ones, in the order of their activation
   * @throws SupervisorException BAD_NAME when an option names a group that neither has
   */
  static UpdatePlan plan(
      Configuration next, Collection<ProcessGroup> groups, UpdateOptions options) {
    return new UpdatePlanner(next, groups, options).plan();
  }

  private UpdatePlan plan() {
    for (String group : options.groups()) {
      if (!active.containsKey(group) && !wanted.containsKey(group)) {
        throw new SupervisorException(Fault.BAD_NAME, group);
      }
    }
    List<GroupPlan> plans = new ArrayList<>();
    active.values().stream()
        .filter(group -> !wanted.containsKey(group.name()))
        .forEach(group -> plans.add(removed(group)));
    wanted.values().stream()
        .filter(group -> active.containsKey(group.name()))
        .filter(group -> !active.get(group.name()).config().sameAs(group))
        .forEach(group -> plans.add(changed(active.get(group.name()), group)));
    wanted.values().stream()
        .filter(group -> !active.containsKey(group.name()))
        .forEach(group -> plans.add(added(group)));
    return new UpdatePlan(plans.stream().filter(plan -> options.concerns(plan.group())).toList());
  }

  private static GroupPlan removed(ProcessGroup group) {
    return new GroupPlan(
        group.name(),
        Change.REMOVED,
        false,
        List.of(),
        group.byPriority().stream().map(UpdatePlanner::removed).toList());
  }

  private static ProcessPlan removed(ManagedProcess process) {
    return new ProcessPlan(
        ProcessCommands.namespec(process),
        Change.REMOVED,
        runs(process) ? Effect.STOP : Effect.NONE,
        List.of());
  }

  private static GroupPlan added(GroupConfig group) {
    return new GroupPlan(
        group.name(),
        Change.ADDED,
        false,
        List.of(),
        group.processes().stream().map(process -> added(group.name(), process)).toList());
  }

  private static ProcessPlan added(String group, ProcessConfig process) {
    return new ProcessPlan(
        Namespec.of(group, process.name()),
        Change.ADDED,
        process.start().automatic() ? Effect.START : Effect.NONE,
        List.of());
  }

  private GroupPlan changed(ProcessGroup group, GroupConfig next) {
    boolean inPlace = GroupDiff.isInPlace(group.config(), next, options.onlyChanged());
    List<ProcessPlan> processes = new ArrayList<>();
    for (ManagedProcess process : group.byPriority()) {
      Optional<ProcessConfig> after =
          next.processes().stream()
              .filter(p -> p.name().equals(process.config().name()))
              .findFirst();
      processes.add(after.map(to -> stays(process, to, inPlace)).orElseGet(() -> removed(process)));
    }
    next.processes().stream()
        .filter(process -> group.process(process.name()).isEmpty())
        .forEach(process -> processes.add(added(group.name(), process)));
    return new GroupPlan(
        group.name(),
        Change.CHANGED,
        inPlace,
        OptionChange.between(group.config(), next),
        processes);
  }

  private static ProcessPlan stays(ManagedProcess process, ProcessConfig next, boolean inPlace) {
    boolean same = process.config().sameAs(next);
    return new ProcessPlan(
        ProcessCommands.namespec(process),
        same ? Change.UNCHANGED : Change.CHANGED,
        same && inPlace ? Effect.NONE : effect(process, next, inPlace),
        OptionChange.between(process.config(), next));
  }

  private static Effect effect(ManagedProcess process, ProcessConfig next, boolean inPlace) {
    boolean automatic = next.start().automatic();
    if (!runs(process)) {
      return automatic ? Effect.START : Effect.NONE;
    } else if (inPlace) {
      return next.rollingUpdate() ? Effect.ROLL : Effect.RESTART;
    }
    return automatic ? Effect.RESTART : Effect.STOP;
  }

  private static boolean runs(ManagedProcess process) {
    return !process.state().isStopped();
  }
}
