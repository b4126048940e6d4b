package ee.supervisor.control;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.Autorestart;
import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.Dependency;
import ee.supervisor.config.Dependency.Condition;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.HealthConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.ProcessSelector;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.DelegatingServices;
import ee.supervisor.process.Dependencies;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.NoExtras;
import ee.supervisor.process.ProcessTable;
import ee.supervisor.process.SimulatedChild;
import ee.supervisor.process.SimulatedLauncher;
import ee.supervisor.process.SimulatedLoop;
import ee.supervisor.process.StartGate;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A model check of programs that need one another: in random graphs of processes and groups, under
 * random commands, ends and failing starts, no program is started before its conditions are true,
 * none waits when all of them are, what is restarted together is, and whatever stops more than one
 * stops each after those that need it.
 */
class DependenciesModelTest {
  private static final int MOST_GROUPS = 5;
  private static final int MOST_MEMBERS = 3;
  private static final int MOST_STEPS = 50;
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

  /** How a process names what it needs. */
  enum Named {
    PROCESS,
    GROUP,
    PROGRAM
  }

  /** An entry of depends_on, or of restart_with: of a process, or all, of a group before. */
  record Entry(int group, int member, Named named, Optional<Condition> condition) {}

  /**
   * One group.
   *
   * @param own for each member, what it needs of its own
   * @param common what all members need
   * @param with what all members are restarted with
   */
  record Shape(
      List<List<Entry>> own,
      List<Entry> common,
      List<Entry> with,
      Autorestart restart,
      int startsecs,
      int priority,
      boolean tellsReadiness) {}

  sealed interface Step {
    record Start(int process, boolean alone) implements Step {}

    record Stop(int process) implements Step {}

    /** Of a process, or of its group. */
    record StopOrdered(int process, boolean group, boolean withDependents) implements Step {}

    record Restart(int process) implements Step {}

    record Ready(int process, boolean now) implements Step {}

    record End(int process, int status) implements Step {}

    record Launches(int process, SimulatedLauncher.Answer answer) implements Step {}

    record Release(int process, boolean born) implements Step {}

    record Wait(Duration time) implements Step {}
  }

  /** What is known of one process besides itself. */
  private static final class Actor {
    final ManagedProcess process;
    final SimulatedLauncher launcher;
    final Map<Actor, Set<Condition>> needs = new HashMap<>();
    final Set<Actor> with = new HashSet<>();
    ProcessState before = ProcessState.STOPPED;
    Duration startedAt = Duration.ZERO;
    int timesRunning;

    Actor(ManagedProcess process, SimulatedLauncher launcher) {
      this.process = process;
      this.launcher = launcher;
    }

    Optional<SimulatedChild> child() {
      List<SimulatedChild> all = launcher.children();
      return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** By the manual, and not by what decides it. */
    boolean is(Condition condition) {
      ProcessState state = process.state();
      return switch (condition) {
        case STARTED ->
            state == ProcessState.RUNNING
                || state == ProcessState.EXITED
                || (state == ProcessState.STARTING && process.child().isPresent());
        case RUNNING -> state == ProcessState.RUNNING;
        case READY -> state == ProcessState.RUNNING && process.info().ready().orElse(Boolean.TRUE);
        case COMPLETED -> state == ProcessState.EXITED && process.info().exitStatus() == 0;
        case EXITED -> state == ProcessState.EXITED;
      };
    }

    boolean hasAllItNeeds() {
      return needs.entrySet().stream()
          .allMatch(need -> need.getValue().stream().allMatch(need.getKey()::is));
    }

    @Override
    public String toString() {
      return process.toString();
    }
  }

  /** The processes, as far as the steps have brought them. */
  private static final class World {
    final List<String> violations = new ArrayList<>();
    final List<Actor> actors = new ArrayList<>();
    final Map<ManagedProcess, Actor> byProcess = new HashMap<>();
    final List<List<Actor>> groups = new ArrayList<>();
    final ProcessTable table = new ProcessTable();
    final GatedLoop loop = new GatedLoop(table);
    boolean startedAlone;
    boolean shuttingDown;

    World(List<Shape> shapes) {
      loop.run(
          () -> {
            shapes.forEach(this::add);
            loop.dependencies.tableChanged();
            table.byPriority().forEach(group -> group.autostart(loop.guard()));
          });
      check();
    }

    private void add(Shape shape) {
      int place = groups.size();
      String group = "g" + place;
      List<Actor> members = new ArrayList<>();
      List<ProcessConfig> configs = new ArrayList<>();
      for (int i = 0; i < shape.own().size(); i++) {
        List<Dependency> needs = new ArrayList<>();
        Map<Actor, Set<Condition>> on = new HashMap<>();
        for (Entry entry : concat(shape.own().get(i), shape.common())) {
          Optional<ProcessSelector> selector = selector(entry);
          if (selector.isPresent()) {
            needs.add(new Dependency(selector.get(), entry.condition()));
            for (Actor other : named(entry)) {
              on.computeIfAbsent(other, o -> new LinkedHashSet<>())
                  .add(entry.condition().orElse(defaultOf(other)));
            }
          }
        }
        // and within the group, the one before it
        if (i > 0 && shape.startsecs() > 0) {
          ProcessSelector neighbour =
              new ProcessSelector(Optional.of(group), Optional.of("p" + (i - 1)));
          needs.add(new Dependency(neighbour, Optional.of(Condition.STARTED)));
          on.computeIfAbsent(members.get(i - 1), o -> new LinkedHashSet<>()).add(Condition.STARTED);
        }
        List<ProcessSelector> with =
            shape.with().stream().flatMap(entry -> selector(entry).stream()).toList();
        ProcessConfig config = config("p" + i, group, shape, needs, with);
        SimulatedLauncher launcher =
            new SimulatedLauncher(group, config, loop.loop, true, Duration.ZERO);
        Actor actor = new Actor(launcher.process(loop), launcher);
        actor.needs.putAll(on);
        shape.with().forEach(entry -> actor.with.addAll(named(entry)));
        actor.process.watch(process -> changed(actor));
        members.add(actor);
        configs.add(config);
        actors.add(actor);
        byProcess.put(actor.process, actor);
      }
      groups.add(members);
      table.add(
          SimulatedLauncher.group(
              new GroupConfig.Programs(group, shape.priority(), configs),
              members.stream().map(actor -> actor.process).toList()));
    }

    private static List<Entry> concat(List<Entry> some, List<Entry> others) {
      List<Entry> all = new ArrayList<>(some);
      all.addAll(others);
      return all;
    }

    private static Condition defaultOf(Actor actor) {
      return actor.process.info().ready().isPresent() ? Condition.READY : Condition.RUNNING;
    }

    /** Empty where there is no group before. */
    private Optional<ProcessSelector> selector(Entry entry) {
      if (groups.isEmpty()) {
        return Optional.empty();
      }
      String group = "g" + entry.group() % groups.size();
      return Optional.of(
          switch (entry.named()) {
            case PROCESS ->
                new ProcessSelector(
                    Optional.of(group),
                    Optional.of(named(entry).iterator().next().process.config().name()));
            case GROUP -> new ProcessSelector(Optional.of(group), Optional.empty());
            case PROGRAM -> new ProcessSelector(Optional.empty(), Optional.of(group));
          });
    }

    private Set<Actor> named(Entry entry) {
      if (groups.isEmpty()) {
        return Set.of();
      }
      List<Actor> group = groups.get(entry.group() % groups.size());
      return entry.named() == Named.PROCESS
          ? Set.of(group.get(entry.member() % group.size()))
          : new LinkedHashSet<>(group);
    }

    private boolean changed(Actor actor) {
      ProcessState state = actor.process.state();
      if (state != actor.before) {
        if (state == ProcessState.STARTING) {
          started(actor);
        } else if (state == ProcessState.RUNNING) {
          actor.timesRunning++;
        } else if (state == ProcessState.STOPPING && shuttingDown) {
          stoppedAtShutdown(actor);
        }
        actor.before = state;
      }
      return true;
    }

    private void started(Actor actor) {
      actor.startedAt = loop.loop.elapsed();
      if (!startedAlone && !actor.hasAllItNeeds()) {
        violations.add(actor + " was started though it needs " + actor.needs);
      }
      if (shuttingDown) {
        violations.add(actor + " was started though all is being stopped");
      }
    }

    private void stoppedAtShutdown(Actor actor) {
      actors.stream()
          .filter(by -> by.needs.containsKey(actor) && !by.process.state().isStopped())
          .forEach(by -> violations.add(actor + " is stopped at the end before " + by));
    }

    /** Nothing waits whose conditions are all true; what is restarted together was. */
    void check() {
      for (Actor actor : actors) {
        if (actor.process.isWaiting() && actor.hasAllItNeeds()) {
          violations.add(actor + " waits for " + actor.process.waitsFor());
        }
        for (Actor other : actor.with) {
          boolean missed =
              actor.process.state() == ProcessState.RUNNING
                  && other.process.state() == ProcessState.RUNNING
                  && other.timesRunning > 1
                  && actor.startedAt.compareTo(other.startedAt) < 0;
          if (missed && !shuttingDown) {
            violations.add(actor + " was not restarted with " + other);
          }
        }
      }
    }

    void take(Step step) {
      if (step instanceof Step.Wait wait) {
        loop.loop.pass(wait.time());
      } else {
        loop.run(() -> carryOut(step));
      }
      check();
    }

    private void carryOut(Step step) {
      if (step instanceof Step.Start start) {
        start(at(start.process()), start.alone());
      } else if (step instanceof Step.Stop stop) {
        CompletableFuture<Void> unused = stop(at(stop.process()).process);
      } else if (step instanceof Step.StopOrdered stop) {
        stopOrdered(at(stop.process()), stop.group(), stop.withDependents());
      } else if (step instanceof Step.Restart restart) {
        at(restart.process()).process.restart();
      } else if (step instanceof Step.Ready ready) {
        at(ready.process()).process.ready(ready.now());
      } else if (step instanceof Step.End end) {
        at(end.process()).child().ifPresent(child -> child.end(end.status()));
      } else if (step instanceof Step.Launches launches) {
        at(launches.process()).launcher.answer(launches.answer());
      } else if (step instanceof Step.Release release) {
        at(release.process()).launcher.release(release.born());
      }
    }

    private Actor at(int place) {
      return actors.get(place % actors.size());
    }

    private void start(Actor actor, boolean alone) {
      if (!actor.process.isStartable()) {
        return;
      }
      if (alone) {
        startedAlone = true;
        actor.process.start();
        startedAlone = false;
      } else {
        Map<Actor, Integer> launches = new HashMap<>();
        actors.forEach(one -> launches.put(one, one.launcher.launches()));
        loop.dependencies.start(actor.process);
        actor.needs.forEach(
            (needed, conditions) -> {
              if (!conditions.stream().allMatch(needed::is)
                  && !isOnItsWay(needed.process)
                  && needed.launcher.launches() == launches.get(needed)) {
                violations.add(needed + " is not brought up for " + actor);
              }
            });
      }
    }

    private static boolean isOnItsWay(ManagedProcess process) {
      return process.state().isRunning() || process.isWaiting() || process.isDue();
    }

    /** As {@link ProcessCommands} does it. */
    private CompletableFuture<Void> stop(ManagedProcess process) {
      if (shuttingDown) {
        return whenStopped(process);
      }
      if (process.isWaiting() && !process.state().isRunning()) {
        loop.dependencies.forget(process);
        return CompletableFuture.completedFuture(null);
      }
      boolean cancelled = process.state() == ProcessState.STOPPING && process.cancelRestart();
      if (!cancelled && process.state().isRunning()) {
        process.stop();
      }
      return whenStopped(process);
    }

    private static CompletableFuture<Void> whenStopped(ManagedProcess process) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      if (process.state().isStopped()) {
        done.complete(null);
      } else {
        process.watch(p -> !(p.state().isStopped() && done.complete(null)));
      }
      return done;
    }

    /** Each is asked to stop when the children of all of them that need it have ended. */
    private void stopOrdered(Actor of, boolean group, boolean withDependents) {
      List<ManagedProcess> some =
          group
              ? table.group(of.process.info().group()).orElseThrow().byPriority()
              : List.of(of.process);
      List<ManagedProcess> all =
          new ArrayList<>(withDependents ? loop.dependencies.graph().withDependents(some) : some);
      Collections.shuffle(all, new java.util.Random(all.size()));
      if (withDependents) {
        Set<Actor> expected = new HashSet<>();
        some.forEach(process -> addWithDependents(byProcess.get(process), expected));
        if (!expected.equals(Set.copyOf(all.stream().map(byProcess::get).toList()))) {
          violations.add("those with dependents of " + some + ": " + all);
        }
      }
      Map<Actor, SimulatedChild> up = new HashMap<>();
      for (ManagedProcess process : all) {
        Actor actor = byProcess.get(process);
        actor
            .child()
            .filter(child -> child.isAlive() && process.child().isPresent())
            .ifPresent(child -> up.put(actor, child));
      }
      AtomicBoolean begun = new AtomicBoolean();
      new OrderedStop(
          loop.dependencies.graph(),
          all,
          process -> {
            begun.set(true);
            Actor needed = byProcess.get(process);
            up.forEach(
                (by, child) -> {
                  boolean there = by.process.child().filter(child::equals).isPresent();
                  if (by.needs.containsKey(needed) && there) {
                    violations.add(needed + " is stopped before " + by);
                  }
                });
            return stop(process);
          },
          loop.loop());
      boolean any = all.stream().anyMatch(process -> process.state().isRunning());
      if (any && !begun.get() && all.stream().noneMatch(World::isStopping)) {
        violations.add("nobody of " + all + " is stopped");
      }
    }

    private static boolean isStopping(ManagedProcess process) {
      return process.state() == ProcessState.STOPPING;
    }

    private void addWithDependents(Actor actor, Set<Actor> found) {
      if (found.add(actor)) {
        actors.stream()
            .filter(by -> by.needs.containsKey(actor))
            .forEach(by -> addWithDependents(by, found));
      }
    }

    /** All is stopped in the reverse of the order of starts. */
    void shutDown() {
      AtomicBoolean done = new AtomicBoolean();
      loop.loop.allowNoStarts();
      shuttingDown = true;
      loop.run(
          () -> new ShutdownSequence(table, loop, loop.dependencies, () -> done.set(true)).begin());
      for (int i = 0; i < 100 && !done.get(); i++) {
        actors.forEach(actor -> loop.run(() -> actor.launcher.release(true)));
        loop.loop.pass(Duration.ofSeconds(1));
      }
      if (!done.get() || actors.stream().anyMatch(actor -> !actor.process.state().isStopped())) {
        violations.add("not all has stopped: " + actors);
      }
      if (actors.stream()
          .anyMatch(actor -> actor.child().filter(SimulatedChild::isAlive).isPresent())) {
        violations.add("a child is left: " + actors);
      }
    }
  }

  /** A simulated loop with a gate. */
  private static final class GatedLoop extends DelegatingServices {
    final SimulatedLoop loop;
    final Dependencies dependencies;

    GatedLoop(ProcessTable table) {
      this(new SimulatedLoop(), table);
    }

    private GatedLoop(SimulatedLoop loop, ProcessTable table) {
      super(loop);
      this.loop = loop;
      this.dependencies = new Dependencies(table, this);
    }

    void run(Runnable work) {
      loop.run(work);
    }

    @Override
    public StartGate gate() {
      return dependencies;
    }
  }

  private static ProcessConfig config(
      String name, String group, Shape shape, List<Dependency> needs, List<ProcessSelector> with) {
    ChannelConfig nowhere = new ChannelConfig(new LogDestination.None(), 0, 0, 0, false, false);
    return new ProcessConfig(
        name,
        "/" + name,
        shape.priority(),
        new ProcessConfig.Start(true, Duration.ofSeconds(shape.startsecs()), 2),
        new ProcessConfig.Restart(shape.restart(), List.of(0)),
        new ProcessConfig.Stop(List.of(Signals.SIGTERM), Duration.ofSeconds(3), false, false),
        new ProcessConfig.Execution(
            Optional.empty(), OptionalInt.empty(), Optional.empty(), Map.of(), Optional.empty()),
        false,
        nowhere,
        nowhere,
        new ProcessConfig.Relations("program:" + group, needs, with),
        ProcessConfig.RestartPolicy.SUPERVISORS,
        new HealthConfig(Optional.empty(), Optional.empty(), shape.tellsReadiness(), Duration.ZERO),
        NoExtras.HOOKS,
        false);
  }

  private static Arbitrary<List<Entry>> entries(int most) {
    return Combinators.combine(
            Arbitraries.integers().between(0, MOST_GROUPS - 1),
            Arbitraries.integers().between(0, MOST_MEMBERS - 1),
            Arbitraries.of(Named.class),
            Arbitraries.of(Condition.class).optional(0.7))
        .as(Entry::new)
        .list()
        .ofMaxSize(most);
  }

  @Provide
  Arbitrary<List<Shape>> shapes() {
    return Combinators.combine(
            entries(2).list().ofMinSize(1).ofMaxSize(MOST_MEMBERS),
            entries(1),
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(List.<Entry>of())), Tuple.of(1, entries(1))),
            Arbitraries.of(Autorestart.class),
            Arbitraries.of(0, 1),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(true, false, false))
        .as(Shape::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(MOST_GROUPS);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, MOST_GROUPS * MOST_MEMBERS - 1);
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<Step> start =
        Combinators.combine(place, Arbitraries.of(true, false, false, false)).as(Step.Start::new);
    Arbitrary<Step> stop = place.map(Step.Stop::new);
    Arbitrary<Step> ordered = Combinators.combine(place, flag, flag).as(Step.StopOrdered::new);
    Arbitrary<Step> restart = place.map(Step.Restart::new);
    Arbitrary<Step> ready =
        Combinators.combine(place, Arbitraries.of(true, true, false)).as(Step.Ready::new);
    Arbitrary<Step> end =
        place.flatMap(p -> Arbitraries.of(0, 1 << 8, Signals.SIGKILL).map(s -> new Step.End(p, s)));
    Arbitrary<Step> launches =
        Combinators.combine(place, Arbitraries.of(SimulatedLauncher.Answer.class))
            .as(Step.Launches::new);
    Arbitrary<Step> release = Combinators.combine(place, flag).as(Step.Release::new);
    Arbitrary<Step> wait =
        Arbitraries.of(1, 500, 1000, 3000).map(ms -> new Step.Wait(Duration.ofMillis(ms)));
    return Arbitraries.frequencyOf(
            Tuple.of(5, start),
            Tuple.of(2, stop),
            Tuple.of(3, ordered),
            Tuple.of(2, restart),
            Tuple.of(4, ready),
            Tuple.of(6, end),
            Tuple.of(2, launches),
            Tuple.of(2, release),
            Tuple.of(5, wait))
        .list()
        .ofMaxSize(MOST_STEPS);
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void noneRunsTooEarlyOrWaitsForNothingAndStopsAreInReverse(
      @ForAll("shapes") List<Shape> shapes, @ForAll("steps") List<Step> steps) {
    World world = new World(shapes);
    for (Step step : steps) {
      world.take(step);
    }
    world.shutDown();

    assertThat(world.violations).isEmpty();
    assertThat(world.loop.loop.thrown()).isEmpty();
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void leftAloneAllThatCanRunDoes(
      @ForAll("shapes") List<Shape> shapes, @ForAll("steps") List<Step> steps) {
    World world = new World(shapes);
    for (Step step : steps) {
      world.take(step);
    }
    world.take(new Step.Wait(LONG_ENOUGH));
    world.check();

    assertThat(world.violations).isEmpty();
    assertThat(world.loop.loop.thrown()).isEmpty();
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void inTheOrderOfStartsEachComesAfterWhatItNeeds(@ForAll("shapes") List<Shape> shapes) {
    World world = new World(shapes);
    List<ManagedProcess> order = world.loop.dependencies.graph().startOrder();

    assertThat(order).hasSameSizeAs(world.actors);
    for (Actor actor : world.actors) {
      for (Actor needed : actor.needs.keySet()) {
        assertThat(order.indexOf(needed.process)).isLessThan(order.indexOf(actor.process));
      }
    }
  }
}
