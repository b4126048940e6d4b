package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.Autorestart;
import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.Dependency;
import ee.supervisor.config.Dependency.Condition;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.ProcessSelector;
import ee.supervisor.event.ProcessState;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A model check of programs that need one another: in random graphs, under random commands, ends
 * and failing starts, no program is started before its conditions are true, and none waits when all
 * of them are.
 */
class DependenciesModelTest {
  private static final int MOST_PROCESSES = 8;
  private static final int MOST_STEPS = 50;
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

  /** What one process needs: each of those before it in the list, or not. */
  record Shape(List<Optional<Condition>> needs, Autorestart restart, int startsecs, int priority) {}

  sealed interface Step {
    record Start(int process) implements Step {}

    record Stop(int process) implements Step {}

    record Restart(int process) implements Step {}

    record End(int process, int status) implements Step {}

    record Launches(int process, SimulatedLauncher.Answer answer) implements Step {}

    record Wait(Duration time) implements Step {}
  }

  /** The processes, as far as the steps have brought them. */
  private static final class World {
    final List<String> violations = new ArrayList<>();
    final List<ManagedProcess> processes = new ArrayList<>();
    final List<SimulatedLauncher> launchers = new ArrayList<>();
    final ProcessTable table = new ProcessTable();
    final GatedLoop loop = new GatedLoop(table);
    final Map<ManagedProcess, Map<ManagedProcess, Condition>> needs = new HashMap<>();

    World(List<Shape> shapes) {
      loop.run(
          () -> {
            for (Shape shape : shapes) {
              add(shape);
            }
            loop.dependencies.tableChanged();
            table.byPriority().forEach(group -> group.autostart(loop.guard()));
          });
    }

    private void add(Shape shape) {
      int place = processes.size();
      Map<ManagedProcess, Condition> on = new HashMap<>();
      List<Dependency> dependencies = new ArrayList<>();
      for (int i = 0; i < Math.min(place, shape.needs().size()); i++) {
        Optional<Condition> condition = shape.needs().get(i);
        if (condition.isPresent()) {
          on.put(processes.get(i), condition.get());
          dependencies.add(
              new Dependency(
                  new ProcessSelector(Optional.of("g" + i), Optional.of("p" + i)), condition));
        }
      }
      ProcessConfig config = config("p" + place, shape, dependencies);
      SimulatedLauncher launcher =
          new SimulatedLauncher("g" + place, config, loop.loop, true, Duration.ZERO);
      ManagedProcess process = new ManagedProcess("g" + place, config, loop, launcher);
      needs.put(process, on);
      process.watch(this::changed);
      processes.add(process);
      launchers.add(launcher);
      table.add(
          new ProcessGroup(
              new GroupConfig.Programs("g" + place, shape.priority(), List.of(config)),
              List.of(process),
              Optional.empty()));
    }

    private boolean changed(ManagedProcess process) {
      if (process.state() == ProcessState.STARTING && process.isLaunching()) {
        needs
            .get(process)
            .forEach(
                (on, condition) -> {
                  if (!Dependencies.isTrueOf(on, condition)) {
                    violations.add(process + " was started though not " + condition + ": " + on);
                  }
                });
      }
      return true;
    }

    /** Nothing waits whose conditions are all true. */
    void check() {
      for (ManagedProcess process : processes) {
        boolean all =
            needs.get(process).entrySet().stream()
                .allMatch(need -> Dependencies.isTrueOf(need.getKey(), need.getValue()));
        if (process.isWaiting() && all) {
          violations.add(process + " waits for " + process.waitsFor());
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
        ManagedProcess process = at(start.process());
        if (process.isStartable()) {
          loop.dependencies.start(process);
        }
      } else if (step instanceof Step.Stop stop) {
        ManagedProcess process = at(stop.process());
        if (process.state().isRunning()) {
          process.stop();
        } else {
          loop.dependencies.forget(process);
        }
      } else if (step instanceof Step.Restart restart) {
        loop.dependencies.restart(at(restart.process()));
      } else if (step instanceof Step.End end) {
        List<SimulatedChild> children = launchers.get(end.process() % launchers.size()).children();
        if (!children.isEmpty()) {
          children.get(children.size() - 1).end(end.status());
        }
      } else if (step instanceof Step.Launches launches) {
        launchers.get(launches.process() % launchers.size()).answer(launches.answer());
      }
    }

    private ManagedProcess at(int place) {
      return processes.get(place % processes.size());
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

  private static ProcessConfig config(String name, Shape shape, List<Dependency> needs) {
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
        new ProcessConfig.Relations("program:" + name, needs, List.of()),
        ProcessConfig.RestartPolicy.SUPERVISORS,
        NoExtras.HEALTH,
        NoExtras.HOOKS,
        false);
  }

  @Provide
  Arbitrary<List<Shape>> shapes() {
    Arbitrary<Optional<Condition>> need =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Optional.empty())),
            Tuple.of(2, Arbitraries.of(Condition.class).map(Optional::of)));
    return Combinators.combine(
            need.list().ofSize(MOST_PROCESSES),
            Arbitraries.of(Autorestart.class),
            Arbitraries.of(0, 1),
            Arbitraries.integers().between(1, 3))
        .as(Shape::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(MOST_PROCESSES);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, MOST_PROCESSES - 1);
    Arbitrary<Step> start = place.map(Step.Start::new);
    Arbitrary<Step> stop = place.map(Step.Stop::new);
    Arbitrary<Step> restart = place.map(Step.Restart::new);
    Arbitrary<Step> end =
        place.flatMap(p -> Arbitraries.of(0, 1 << 8, Signals.SIGKILL).map(s -> new Step.End(p, s)));
    Arbitrary<Step> launches =
        place.flatMap(
            p ->
                Arbitraries.of(
                        SimulatedLauncher.Answer.BORN_AT_ONCE,
                        SimulatedLauncher.Answer.BORN,
                        SimulatedLauncher.Answer.FAILS_AT_ONCE,
                        SimulatedLauncher.Answer.FAILS)
                    .map(a -> new Step.Launches(p, a)));
    Arbitrary<Step> wait =
        Arbitraries.of(1, 500, 1000, 3000).map(ms -> new Step.Wait(Duration.ofMillis(ms)));
    return Arbitraries.frequencyOf(
            Tuple.of(4, start),
            Tuple.of(3, stop),
            Tuple.of(1, restart),
            Tuple.of(6, end),
            Tuple.of(2, launches),
            Tuple.of(4, wait))
        .list()
        .ofMaxSize(MOST_STEPS);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void noProgramStartsBeforeItsConditionsAreTrueAndNoneWaitsWhenTheyAre(
      @ForAll("shapes") List<Shape> shapes, @ForAll("steps") List<Step> steps) {
    World world = new World(shapes);
    world.check();
    for (Step step : steps) {
      world.take(step);
    }
    world.loop.loop.pass(LONG_ENOUGH);
    world.check();

    assertThat(world.violations).isEmpty();
    assertThat(world.loop.loop.thrown()).isEmpty();
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void inTheOrderOfAStopNothingStopsBeforeWhatNeedsIt(@ForAll("shapes") List<Shape> shapes) {
    World world = new World(shapes);
    List<ManagedProcess> order = world.loop.dependencies.graph().startOrder();
    world.needs.forEach(
        (process, on) ->
            on.keySet()
                .forEach(
                    needed ->
                        assertThat(order.indexOf(needed)).isLessThan(order.indexOf(process))));
  }
}
