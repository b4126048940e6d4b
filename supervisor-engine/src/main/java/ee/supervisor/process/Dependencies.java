package ee.supervisor.process;

import ee.supervisor.config.Dependency;
import ee.supervisor.config.Dependency.Condition;
import ee.supervisor.config.ProcessSelector;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has processes wait for what they need, and starts them when it is there. Confined to the control
 * loop, but for {@link #links()} and {@link #latestGraph()}.
 *
 * <p>Whatever changes marks those whose needs it may concern; they are looked at in the loop's next
 * turn, when the change has come to its end. A process that nobody needs and that needs nobody
 * costs nothing here.
 */
public final class Dependencies implements StartGate {
  private final ProcessTable table;
  private final ProcessServices services;

  /** Those that wait, and what starts them. */
  private final Map<ManagedProcess, Runnable> waiting = new LinkedHashMap<>();

  /** Those that are being stopped in order to be started again. */
  private final Set<ManagedProcess> returning = new HashSet<>();

  /** Those to be looked at in the next turn. */
  private final Set<ManagedProcess> due = new LinkedHashSet<>();

  /** The life in which a process of that name was RUNNING last. */
  private final Map<String, Life> lives = new HashMap<>();

  private boolean lookOrdered;
  private boolean stale = true;
  private volatile DependencyGraph<ManagedProcess> graph =
      new DependencyGraph<>(List.of(), n -> List.of());
  private Map<ManagedProcess, List<Need>> needs = Map.of();
  private Map<ManagedProcess, List<ManagedProcess>> waiters = Map.of();
  private Map<String, List<ManagedProcess>> restartedWith = Map.of();
  private volatile List<DependencyLink> links = List.of();

  /**
   * One thing that a process needs.
   *
   * @param on the other; empty when it is not active
   */
  private record Need(String name, Optional<ManagedProcess> on, Optional<Condition> stated) {
    Condition condition() {
      return stated.orElse(
          on.map(ManagedProcess::hasReadiness).orElse(false) ? Condition.READY : Condition.RUNNING);
    }

    boolean isMet() {
      return on.isPresent() && isTrueOf(on.get(), condition());
    }
  }

  /** One start of a process; an update makes another process of the same name. */
  private record Life(ManagedProcess process, long launch) {}

  /** Dependencies among the processes of {@code table}. */
  public Dependencies(ProcessTable table, ProcessServices services) {
    this.table = table;
    this.services = services;
  }

  /** Whether a condition is true of a process. */
  static boolean isTrueOf(ManagedProcess process, Condition condition) {
    return switch (condition) {
      case STARTED -> process.hasStarted();
      case RUNNING -> process.state() == ProcessState.RUNNING;
      case READY -> process.state() == ProcessState.RUNNING && process.isReady();
      case COMPLETED -> process.hasCompleted();
      case EXITED -> process.state() == ProcessState.EXITED;
    };
  }

  /** Who needs whom among the active processes; for any thread. */
  public List<DependencyLink> links() {
    return links;
  }

  /** The order of the active processes. */
  public DependencyGraph<ManagedProcess> graph() {
    refresh();
    return graph;
  }

  /** As {@link #graph()}, as of the last time when the loop needed it; for any thread. */
  public DependencyGraph<ManagedProcess> latestGraph() {
    return graph;
  }

  /** Whether any process needs another. */
  public boolean areThere() {
    refresh();
    return !needs.isEmpty();
  }

  /** Groups have come or gone. */
  public void tableChanged() {
    stale = true;
    if (table.groups().isEmpty()) {
      lives.clear();
    }
    if (!waiting.isEmpty() || !returning.isEmpty()) {
      Set<ManagedProcess> active = new HashSet<>(table.processesByPriority());
      waiting.keySet().retainAll(active);
      returning.retainAll(active);
      waiting.keySet().forEach(this::lookLaterAt);
    }
    refreshLater();
  }

  private void refreshLater() {
    // not at once: at the start and at the end there are as many changes as groups
    if (!lookOrdered) {
      lookOrdered = true;
      services.loop().execute(this::look);
    }
  }

  private void refresh() {
    if (!stale) {
      return;
    }
    stale = false;
    List<ManagedProcess> all = table.processesByPriority();
    Map<String, List<ManagedProcess>> byProgram =
        all.stream().collect(Collectors.groupingBy(p -> p.config().relations().program()));
    Map<ManagedProcess, List<Need>> found = new HashMap<>();
    Map<ManagedProcess, List<ManagedProcess>> by = new HashMap<>();
    Map<String, List<ManagedProcess>> with = new HashMap<>();
    for (ManagedProcess process : all) {
      List<Need> own = new ArrayList<>();
      for (Dependency dependency : process.config().relations().needs()) {
        own.addAll(needs(dependency, byProgram));
      }
      if (!own.isEmpty()) {
        found.put(process, own);
      }
      for (ManagedProcess on : targets(own)) {
        by.computeIfAbsent(on, n -> new ArrayList<>()).add(process);
      }
      for (ProcessSelector selector : process.config().relations().restartedWith()) {
        for (ManagedProcess other : select(selector, byProgram)) {
          with.computeIfAbsent(other.namespec(), n -> new ArrayList<>()).add(process);
        }
      }
    }
    needs = found;
    waiters = by;
    restartedWith = with;
    graph = new DependencyGraph<>(all, p -> targets(needs.getOrDefault(p, List.of())));
    links =
        all.stream()
            .flatMap(
                p ->
                    needs.getOrDefault(p, List.of()).stream()
                        .map(n -> new DependencyLink(p.namespec(), n.name(), n.condition())))
            .toList();
  }

  private static Set<ManagedProcess> targets(List<Need> needs) {
    return needs.stream()
        .flatMap(need -> need.on().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Need> needs(Dependency dependency, Map<String, List<ManagedProcess>> byProgram) {
    List<ManagedProcess> on = select(dependency.on(), byProgram);
    if (on.isEmpty() && !isActive(dependency.on())) {
      return List.of(
          new Need(dependency.on().toString(), Optional.empty(), dependency.condition()));
    }
    return on.stream()
        .map(p -> new Need(p.namespec(), Optional.of(p), dependency.condition()))
        .toList();
  }

  /** Whether it is all of an active group, or all copies of a program, which may be none. */
  private boolean isActive(ProcessSelector selector) {
    if (selector.name().isEmpty()) {
      return selector.group().flatMap(table::group).isPresent();
    }
    return selector.group().isEmpty()
        && selector
            .name()
            .flatMap(table::group)
            .filter(group -> group.byPriority().isEmpty())
            .isPresent();
  }

  private List<ManagedProcess> select(
      ProcessSelector selector, Map<String, List<ManagedProcess>> byProgram) {
    Collection<ManagedProcess> among =
        selector.group().isPresent()
            ? table.group(selector.group().get()).map(ProcessGroup::byPriority).orElse(List.of())
            : byProgram.getOrDefault(selector.name().orElseThrow(), List.of());
    return among.stream().filter(p -> selector.matches(p.info().group(), p.config())).toList();
  }

  @Override
  public boolean admits(ManagedProcess process, Runnable later) {
    if (process.config().relations().needs().isEmpty()) {
      return true;
    }
    refresh();
    List<UnmetNeed> unmet = unmet(process, false);
    if (unmet.isEmpty()) {
      return true;
    }
    if (!process.isWaiting()) {
      services
          .log()
          .info(
              "waiting: '%s' is not started before %s"
                  .formatted(process.config().name(), text(unmet)));
    }
    waiting.put(process, later);
    process.waitFor(unmet);
    lookLaterAt(process);
    return false;
  }

  private static String text(List<UnmetNeed> unmet) {
    return unmet.stream().map(UnmetNeed::toString).collect(Collectors.joining(", "));
  }

  @Override
  public void forget(ManagedProcess process) {
    returning.remove(process);
    if (waiting.remove(process) != null) {
      process.waitFor(List.of());
    }
  }

  @Override
  public boolean awaitsEndOf(ManagedProcess process) {
    refresh();
    return waiters.getOrDefault(process, List.of()).stream()
        .flatMap(by -> needs.get(by).stream())
        .anyMatch(need -> need.on().equals(Optional.of(process)) && need.condition().isOfTheEnd());
  }

  @Override
  public void changed(ManagedProcess process) {
    if (!process.isWaiting()) {
      waiting.remove(process);
    }
    if (!waiting.isEmpty()) {
      refresh();
      for (ManagedProcess by : waiters.getOrDefault(process, List.of())) {
        if (waiting.containsKey(by)) {
          lookLaterAt(by);
        }
      }
    }
    if (process.state().isStopped() && returning.contains(process)) {
      // when the transition that ends its stop is complete
      services.loop().execute(() -> comeBack(process));
    }
    if (process.state() == ProcessState.RUNNING) {
      restartOthers(process);
    }
  }

  private void lookLaterAt(ManagedProcess process) {
    due.add(process);
    refreshLater();
  }

  private void look() {
    lookOrdered = false;
    refresh();
    List<ManagedProcess> now = graph.inStartOrder(due);
    due.clear();
    for (ManagedProcess process : now) {
      services.guard().run(process, () -> lookAt(process));
    }
  }

  private void lookAt(ManagedProcess process) {
    Runnable start = waiting.get(process);
    if (start == null) {
      return;
    }
    List<UnmetNeed> unmet = unmet(process, true);
    if (!unmet.isEmpty()) {
      List<UnmetNeed> before = process.waitsFor();
      process.waitFor(unmet);
      unmet.stream()
          .filter(need -> need.trouble().equals(ProcessState.FATAL.name()))
          .filter(need -> !before.contains(need))
          .forEach(need -> tellFailure(process, need));
    } else if (services.startsAllowed()) {
      waiting.remove(process);
      process.admitted(start);
    }
  }

  private void tellFailure(ManagedProcess process, UnmetNeed need) {
    services.log().warn("'%s' goes on waiting for %s".formatted(process.config().name(), need));
    services
        .events()
        .publish(
            new Event.DependencyFailed(
                process.config().name(), process.info().group(), need.process()));
  }

  private List<UnmetNeed> unmet(ManagedProcess process, boolean withTrouble) {
    List<UnmetNeed> unmet = new ArrayList<>();
    for (Need need : needs.getOrDefault(process, List.of())) {
      if (!need.isMet()) {
        unmet.add(unmet(need, withTrouble));
      }
    }
    return unmet;
  }

  private UnmetNeed unmet(Need need, boolean withTrouble) {
    String trouble = "";
    boolean stuck = false;
    if (need.on().isEmpty()) {
      trouble = "not active";
      stuck = true;
    } else if (withTrouble) {
      ManagedProcess on = need.on().get();
      boolean comes =
          waiting.containsKey(on) || returning.contains(on) || on.isDue() || isOnItsWay(on);
      stuck = !comes || on.waitsFor().stream().anyMatch(UnmetNeed::stuck);
      trouble = comes ? "" : on.state().name();
    }
    return new UnmetNeed(need.name(), need.condition(), trouble, stuck);
  }

  private static boolean isOnItsWay(ManagedProcess process) {
    return process.state().isRunning();
  }

  /**
   * Starts a process, which must be startable, at an operator's request: what it needs is brought
   * up before, and it is started when that is there.
   */
  public void start(ManagedProcess process) {
    refresh();
    Set<ManagedProcess> wanted = new LinkedHashSet<>(Set.of(process));
    Deque<ManagedProcess> left = new ArrayDeque<>(wanted);
    while (!left.isEmpty()) {
      for (Need need : needs.getOrDefault(left.remove(), List.of())) {
        Optional<ManagedProcess> on = need.on().filter(other -> !need.isMet());
        on.filter(wanted::add).ifPresent(left::add);
      }
    }
    graph.inStartOrder(wanted).forEach(this::startWhenAdmitted);
  }

  /** Starts a process when what it needs is there, which is not brought up for it. */
  public void startWhenAdmitted(ManagedProcess process) {
    if (process.state() == ProcessState.STOPPING) {
      returning.add(process);
    } else if (process.isStartable() && services.startsAllowed()) {
      Runnable start =
          () -> {
            if (process.isStartable()) {
              process.start();
            }
          };
      if (admits(process, start)) {
        process.start();
      }
    }
  }

  /**
   * Has a stop that was meant to be followed by a start be followed by none.
   *
   * @return whether there was one
   */
  public boolean cancelReturn(ManagedProcess process) {
    return process.state() == ProcessState.STOPPING && returning.remove(process);
  }

  /** Stops a process that runs, and starts it again when it has stopped and may. */
  public void restart(ManagedProcess process) {
    if (process.state().isRunning() && services.startsAllowed()) {
      returning.add(process);
      process.stop();
      if (process.state().isStopped()) {
        services.loop().execute(() -> comeBack(process));
      }
    }
  }

  private void comeBack(ManagedProcess process) {
    if (returning.remove(process) && services.startsAllowed()) {
      start(process);
    }
  }

  /** Those that are restarted with it, if it was restarted itself. */
  private void restartOthers(ManagedProcess process) {
    refresh();
    List<ManagedProcess> others = restartedWith.getOrDefault(process.namespec(), List.of());
    if (others.isEmpty()) {
      return;
    }
    Life life = new Life(process, process.launches());
    Life before = lives.put(process.namespec(), life);
    if (before == null || before.equals(life)) {
      return;
    }
    for (ManagedProcess other : others) {
      if (other.state().isRunning() && other.isOlderThan(process)) {
        services
            .log()
            .info(
                "restarting '%s', since '%s' was restarted"
                    .formatted(other.config().name(), process.config().name()));
        services.loop().execute(() -> restart(other));
      }
    }
  }
}
