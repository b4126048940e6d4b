package ee.supervisor.process;

import ee.supervisor.config.Dependency;
import ee.supervisor.config.Dependency.Condition;
import ee.supervisor.config.ProcessSelector;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.Requirement.Need;
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
import java.util.function.Function;
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
  /** In the line about one that waits. */
  private static final int MOST_LOGGED = 16;

  private final ProcessTable table;
  private final ProcessServices services;

  /** Those that wait, and what starts them. */
  private final Map<ManagedProcess, Runnable> waiting = new LinkedHashMap<>();

  /** Those to be looked at in the next turn. */
  private final Set<ManagedProcess> due = new LinkedHashSet<>();

  /** As {@link #due}, for all that have one of these. */
  private final Set<Requirement> dueRequirements = new LinkedHashSet<>();

  /** The life in which a process of that name was RUNNING last. */
  private final Map<String, Life> lives = new HashMap<>();

  private boolean lookOrdered;
  private boolean stale = true;
  private volatile DependencyGraph<ManagedProcess> graph =
      new DependencyGraph<>(List.of(), n -> List.of());
  private Map<ManagedProcess, List<Requirement>> needs = Map.of();

  /** What is asked of a process. */
  private Map<ManagedProcess, List<Requirement>> asked = Map.of();

  private Map<String, List<ManagedProcess>> restartedWith = Map.of();
  private volatile Links links = new Links(List.of(), Map.of());
  private long turns;

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
    return links.all();
  }

  /** Who needs whom at one moment; as these may be very many, made for whoever asks first. */
  private static final class Links {
    private final List<ManagedProcess> processes;
    private final Map<ManagedProcess, List<Requirement>> needs;
    private Optional<List<DependencyLink>> all = Optional.empty();

    Links(List<ManagedProcess> processes, Map<ManagedProcess, List<Requirement>> needs) {
      this.processes = processes;
      this.needs = needs;
    }

    synchronized List<DependencyLink> all() {
      if (all.isEmpty()) {
        all =
            Optional.of(
                processes.stream()
                    .flatMap(
                        p ->
                            needs.getOrDefault(p, List.of()).stream()
                                .flatMap(requirement -> requirement.needs().stream())
                                .map(
                                    n -> new DependencyLink(p.namespec(), n.name(), n.condition())))
                    .toList());
      }
      return all.get();
    }
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

  /** Whether anything may be started, or all is on its way down. */
  public boolean isOpen() {
    return services.startsAllowed();
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
    if (!waiting.isEmpty()) {
      Set<ManagedProcess> active = new HashSet<>(table.processesByPriority());
      waiting.keySet().retainAll(active);
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
    Map<Dependency, Requirement> requirements = new LinkedHashMap<>();
    Map<ManagedProcess, List<Requirement>> found = new HashMap<>();
    Map<ManagedProcess, List<Requirement>> of = new HashMap<>();
    Map<String, List<ManagedProcess>> with = new HashMap<>();
    for (ManagedProcess process : all) {
      List<Requirement> own = new ArrayList<>();
      for (Dependency entry : process.config().relations().needs()) {
        Requirement requirement =
            requirements.computeIfAbsent(entry, e -> new Requirement(e, needs(e, byProgram)));
        if (!requirement.needs().isEmpty()) {
          requirement.by().add(process);
          own.add(requirement);
        }
      }
      if (!own.isEmpty()) {
        found.put(process, own);
      }
      for (ProcessSelector selector : process.config().relations().restartedWith()) {
        for (ManagedProcess other : select(selector, byProgram)) {
          with.computeIfAbsent(other.namespec(), n -> new ArrayList<>()).add(process);
        }
      }
    }
    for (Requirement requirement : requirements.values()) {
      for (ManagedProcess on : targets(requirement)) {
        of.computeIfAbsent(on, n -> new ArrayList<>()).add(requirement);
      }
    }
    needs = found;
    asked = of;
    dueRequirements.clear();
    restartedWith = with;
    graph =
        DependencyGraph.ofTies(
            all,
            requirements.values().stream()
                .map(r -> new DependencyGraph.Tie<>(targets(r), r.by()))
                .toList());
    links = new Links(all, found);
  }

  private static Set<ManagedProcess> targets(Requirement requirement) {
    return requirement.needs().stream()
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
    List<UnmetNeed> unmet = unmet(process);
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
    String first =
        unmet.stream()
            .limit(MOST_LOGGED)
            .map(UnmetNeed::toString)
            .collect(Collectors.joining(", "));
    int more = unmet.size() - MOST_LOGGED;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  @Override
  public void forget(ManagedProcess process) {
    if (waiting.remove(process) != null) {
      process.waitFor(List.of());
    }
  }

  @Override
  public boolean awaitsEndOf(ManagedProcess process) {
    refresh();
    return asked.getOrDefault(process, List.of()).stream().anyMatch(Requirement::isOfTheEnd);
  }

  @Override
  public void changed(ManagedProcess process) {
    if (!process.isWaiting()) {
      waiting.remove(process);
    }
    if (!waiting.isEmpty()) {
      refresh();
      for (Requirement requirement : asked.getOrDefault(process, List.of())) {
        requirement.changed();
        lookLaterAt(requirement);
      }
    }
    if (process.state() == ProcessState.RUNNING) {
      restartOthers(process);
    }
  }

  private void lookLaterAt(ManagedProcess process) {
    due.add(process);
    refreshLater();
  }

  private void lookLaterAt(Requirement requirement) {
    dueRequirements.add(requirement);
    refreshLater();
  }

  private void look() {
    lookOrdered = false;
    refresh();
    turns++;
    List<Requirement> changed = List.copyOf(dueRequirements);
    dueRequirements.clear();
    for (Requirement requirement : changed) {
      services.guard().run("what is waited for", () -> lookAt(requirement));
    }
    List<ManagedProcess> now = graph.inStartOrder(due);
    due.clear();
    for (ManagedProcess process : now) {
      services.guard().run(process, () -> lookAt(process));
    }
  }

  private void lookAt(Requirement requirement) {
    if (requirement.canWait(services.nanoTime(), () -> lookAgainAt(requirement))) {
      return;
    }
    requirement.unmet(turns, this::state);
    if (requirement.takeNews()) {
      requirement.by().stream().filter(waiting::containsKey).forEach(due::add);
    }
  }

  private void lookAgainAt(Requirement requirement) {
    services.schedule(
        Requirement.PAUSE,
        () -> {
          requirement.resumed();
          lookLaterAt(requirement);
        });
  }

  private void lookAt(ManagedProcess process) {
    Runnable start = waiting.get(process);
    if (start == null) {
      return;
    }
    List<UnmetNeed> unmet =
        joined(needs.getOrDefault(process, List.of()), need -> need.unmet(turns, this::state));
    if (!unmet.isEmpty()) {
      List<UnmetNeed> before = process.waitsFor();
      process.waitFor(unmet);
      tellFailures(process, before, unmet);
    } else if (services.startsAllowed()) {
      waiting.remove(process);
      process.admitted(start);
    }
  }

  private void tellFailures(ManagedProcess process, List<UnmetNeed> before, List<UnmetNeed> unmet) {
    List<UnmetNeed> failed =
        unmet.stream().filter(need -> need.trouble().equals(ProcessState.FATAL.name())).toList();
    if (!failed.isEmpty()) {
      Set<UnmetNeed> known = new HashSet<>(before);
      failed.stream()
          .filter(need -> !known.contains(need))
          .forEach(need -> tellFailure(process, need));
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

  /** What is not met, without what may stand in its way. */
  private List<UnmetNeed> unmet(ManagedProcess process) {
    return joined(
        needs.getOrDefault(process, List.of()),
        requirement ->
            requirement.needs().stream()
                .filter(need -> !need.isMet())
                .map(Dependencies::plain)
                .toList());
  }

  /** The same list if there is but one, as it may be long. */
  private static List<UnmetNeed> joined(
      List<Requirement> requirements, Function<Requirement, List<UnmetNeed>> unmet) {
    return requirements.size() == 1
        ? unmet.apply(requirements.get(0))
        : requirements.stream().flatMap(r -> unmet.apply(r).stream()).toList();
  }

  private static UnmetNeed plain(Need need) {
    return need.on().isEmpty()
        ? new UnmetNeed(need.name(), need.condition(), "not active", true)
        : new UnmetNeed(need.name(), need.condition(), "", false);
  }

  private UnmetNeed state(Need need) {
    if (need.on().isEmpty()) {
      return plain(need);
    }
    ManagedProcess on = need.on().get();
    boolean comes = waiting.containsKey(on) || on.isDue() || on.state().isRunning();
    boolean stuck = !comes || on.waitsFor().stream().anyMatch(UnmetNeed::stuck);
    return new UnmetNeed(need.name(), need.condition(), comes ? "" : on.state().name(), stuck);
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
      for (Requirement requirement : needs.getOrDefault(left.remove(), List.of())) {
        for (Need need : requirement.needs()) {
          Optional<ManagedProcess> on = need.on().filter(other -> !need.isMet());
          on.filter(wanted::add).ifPresent(left::add);
        }
      }
    }
    graph.inStartOrder(wanted).forEach(this::startWhenAdmitted);
  }

  /** Starts a process when what it needs is there, which is not brought up for it. */
  public void startWhenAdmitted(ManagedProcess process) {
    if (process.state() == ProcessState.STOPPING) {
      process.startOnceStopped();
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
        services.loop().execute(other::restart);
      }
    }
  }
}
