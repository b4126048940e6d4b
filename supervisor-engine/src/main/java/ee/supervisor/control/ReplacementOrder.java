package ee.supervisor.control;

import ee.supervisor.config.Configuration;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.Dependencies;
import ee.supervisor.process.DependencyGraph;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessTable;
import ee.supervisor.process.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Has processes that an update replaces stop before what they need is replaced as well. Confined to
 * the control loop.
 *
 * <p>supervisorctl makes an update in steps: it asks what differs, then stops, removes and adds one
 * group after the other, the needed ones first, and does not know of dependencies. So what follows
 * such a question within a moment is taken as a step of an update: a group that is stopped takes
 * along who needs it and will have its turn. Who does not have it after all is started again.
 */
final class ReplacementOrder {
  /** How long after a step the next one comes at the latest. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ProcessTable table;
  private final Dependencies dependencies;
  private final ControlLoop loop;
  private final Supplier<Configuration> wanted;
  private final UpdateOptions options;

  /** Those that were stopped before their turn. */
  private final Set<ManagedProcess> ahead = new LinkedHashSet<>();

  /** Whether of a group only the processes that changed are touched. */
  private boolean onlyChanged;

  private int steps;
  private boolean over;
  private Timer end = () -> {};

  /**
   * One that begins now.
   *
   * @param wanted what the update leads to
   * @param options which groups are concerned, as far as that is known
   */
  ReplacementOrder(
      ProcessTable table,
      Dependencies dependencies,
      ControlLoop loop,
      Supplier<Configuration> wanted,
      UpdateOptions options) {
    this.table = table;
    this.dependencies = dependencies;
    this.loop = loop;
    this.wanted = wanted;
    this.options = options;
    this.onlyChanged = options.onlyChanged();
    endLater();
  }

  /** It turns out whether of a group only the processes that changed are touched. */
  void onlyChanged(boolean only) {
    onlyChanged = only;
  }

  /** Whether a step of it is being made. */
  boolean isBusy() {
    return steps > 0;
  }

  /** Makes a step. */
  <T> CompletionStage<T> step(Supplier<? extends CompletionStage<T>> body) {
    steps++;
    CompletionStage<T> done;
    try {
      done = body.get();
    } catch (Throwable thrown) {
      done = CompletableFuture.failedStage(thrown);
    }
    return done.whenCompleteAsync(
        (value, error) -> {
          steps--;
          endLater();
        },
        loop);
  }

  private void endLater() {
    end.cancel();
    if (!over) {
      end = loop.schedule(PATIENCE, this::end);
    }
  }

  /**
   * No step follows: starts those again that were stopped before their turn and did not have it.
   */
  void end() {
    if (isBusy()) {
      return;
    }
    over = true;
    end.cancel();
    List<ManagedProcess> left = List.copyOf(ahead);
    ahead.clear();
    left.stream()
        .filter(process -> process.state() == ProcessState.STOPPED && isActive(process))
        .forEach(dependencies::startWhenAdmitted);
  }

  private boolean isActive(ManagedProcess process) {
    return table.find(process.info().group(), process.info().name()).equals(Optional.of(process));
  }

  /** Whether it was stopped before its turn, and would run otherwise. */
  boolean wasStoppedAhead(ManagedProcess process) {
    return ahead.contains(process);
  }

  /** They are stopped for a reason of their own: they are not started again. */
  void haveTheirTurn(List<ManagedProcess> processes) {
    processes.forEach(ahead::remove);
  }

  /**
   * Adds to processes that are to stop those that need them and will be stopped by the same update;
   * those alone, if they are none of it.
   */
  List<ManagedProcess> withDependents(List<ManagedProcess> going) {
    if (over || !dependencies.areThere() || !isToFollow(going)) {
      return going;
    }
    DependencyGraph<ManagedProcess> graph = dependencies.graph();
    Set<ManagedProcess> replaced = replaced();
    Set<ManagedProcess> all = new LinkedHashSet<>(going);
    Deque<ManagedProcess> left = new ArrayDeque<>(going);
    while (!left.isEmpty()) {
      for (ManagedProcess by : graph.neededBy(left.remove())) {
        if (replaced.contains(by) && all.add(by)) {
          left.add(by);
        }
      }
    }
    Set<ManagedProcess> others = new LinkedHashSet<>(all);
    going.forEach(others::remove);
    others.stream().filter(ProcessCommands::canBeStopped).forEach(ahead::add);
    return List.copyOf(all);
  }

  /** Whether one of them is in a group that the update changes or removes. */
  private boolean isToFollow(List<ManagedProcess> going) {
    Map<String, GroupConfig> next = wantedGroups();
    return going.stream()
        .map(process -> process.info().group())
        .distinct()
        .filter(options::concerns)
        .flatMap(group -> table.group(group).stream())
        .anyMatch(
            group ->
                !next.containsKey(group.name()) || !group.config().sameAs(next.get(group.name())));
  }

  private Map<String, GroupConfig> wantedGroups() {
    Map<String, GroupConfig> byName = new HashMap<>();
    wanted.get().groups().forEach(group -> byName.put(group.name(), group));
    return byName;
  }

  /** All that the update stops; what is restarted in its turn of a rolling restart is not. */
  private Set<ManagedProcess> replaced() {
    Map<String, GroupConfig> next = wantedGroups();
    Set<ManagedProcess> found = new HashSet<>();
    for (ProcessGroup group : table.groups()) {
      if (options.concerns(group.name())) {
        found.addAll(replaced(group, Optional.ofNullable(next.get(group.name()))));
      }
    }
    return found;
  }

  private List<ManagedProcess> replaced(ProcessGroup group, Optional<GroupConfig> next) {
    if (next.isEmpty()) {
      return group.byPriority();
    }
    if (group.config().sameAs(next.get())) {
      return List.of();
    }
    if (!GroupDiff.isInPlace(group.config(), next.get(), onlyChanged)) {
      return group.byPriority();
    }
    GroupDiff diff = GroupDiff.between(group.config(), next.get());
    Set<String> rolled =
        diff.changed().stream()
            .filter(ProcessConfig::rollingUpdate)
            .map(ProcessConfig::name)
            .collect(Collectors.toSet());
    return group.byPriority().stream()
        .filter(process -> !diff.kept().contains(process.config().name()))
        .filter(process -> !rolled.contains(process.config().name()))
        .toList();
  }
}
