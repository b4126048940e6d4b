package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.Autorestart;
import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A model check of the state machine: a group of simulated processes, under random commands, exits,
 * failing starts and clock jumps, never does what Supervisor's manual does not allow, and leaves
 * nothing undone that is due ({@link ManualRules}).
 */
class ProcessStatesModelTest {
  private static final int MOST_PROCESSES = 3;
  private static final int MOST_STEPS = 60;
  private static final int SIGSEGV = 11;

  /** As in the engine. */
  private static final Duration AUDIT_INTERVAL = Duration.ofSeconds(30);

  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

  /** A process, and how its simulated children are. */
  record Temper(ProcessConfig config, boolean obedient, Duration drain) {}

  /** Something that happens; {@code process} is one of the group, by its place. */
  sealed interface Step {
    record Start(int process) implements Step {}

    record Stop(int process) implements Step {}

    record Signal(int process, boolean refused) implements Step {}

    record End(int process, int status) implements Step {}

    record Launches(int process, SimulatedLauncher.Answer answer) implements Step {}

    record Release(int process, boolean born) implements Step {}

    record Wait(Duration time) implements Step {}

    record Leap(Duration time) implements Step {}

    record WallClock(Instant time) implements Step {}

    record Autostart() implements Step {}

    record ShutDown() implements Step {}
  }

  /** The group, as far as the steps have brought it. */
  private static final class World {
    final SimulatedLoop loop = new SimulatedLoop();
    final List<ManagedProcess> processes = new ArrayList<>();
    final List<SimulatedLauncher> launchers = new ArrayList<>();
    final List<ManualRules> rules = new ArrayList<>();
    final ProcessGroup group;

    World(List<Temper> tempers) {
      for (Temper temper : tempers) {
        SimulatedLauncher launcher =
            new SimulatedLauncher(
                "group", temper.config(), loop, temper.obedient(), temper.drain());
        ManagedProcess process = new ManagedProcess("group", temper.config(), loop, launcher);
        processes.add(process);
        launchers.add(launcher);
        rules.add(new ManualRules(process, launcher, loop, temper.drain()));
      }
      group =
          new ProcessGroup(
              new GroupConfig.Programs("group", 999, tempers.stream().map(Temper::config).toList()),
              processes,
              Optional.empty());
      auditLater();
    }

    private void auditLater() {
      loop.schedule(
          AUDIT_INTERVAL,
          () -> {
            group.audit(loop.guard());
            auditLater();
          });
    }

    void take(Step step) {
      if (step instanceof Step.Start start) {
        start(start.process() % processes.size());
      } else if (step instanceof Step.Stop stop) {
        stop(stop.process() % processes.size());
      } else if (step instanceof Step.Signal signal) {
        signal(signal.process() % processes.size(), signal.refused());
      } else if (step instanceof Step.End end) {
        loop.run(
            () ->
                processes
                    .get(end.process() % processes.size())
                    .child()
                    .ifPresent(child -> ((SimulatedChild) child).end(end.status())));
      } else if (step instanceof Step.Launches launches) {
        launchers.get(launches.process() % processes.size()).answer(launches.answer());
      } else if (step instanceof Step.Release release) {
        SimulatedLauncher launcher = launchers.get(release.process() % processes.size());
        loop.run(() -> launcher.release(release.born()));
      } else if (step instanceof Step.Wait wait) {
        loop.pass(wait.time());
      } else if (step instanceof Step.Leap leap) {
        loop.leap(leap.time());
      } else if (step instanceof Step.WallClock clock) {
        loop.setWallTime(clock.time());
      } else if (step instanceof Step.Autostart) {
        forAll(ManualRules::starting, () -> group.autostart(loop.guard()), 0);
      } else {
        loop.allowNoStarts();
        forAll(ManualRules::stopping, () -> group.shutDown(loop.guard()), 0);
      }
      loop.pass(Duration.ZERO);
      rules.forEach(ManualRules::check);
    }

    /** As ProcessCommands, which refuses the rest. */
    private void start(int place) {
      ManagedProcess process = processes.get(place);
      if (loop.startsAllowed() && process.isStartable()) {
        rules.get(place).starting(process::start);
      }
    }

    private void stop(int place) {
      ManagedProcess process = processes.get(place);
      if (process.state().isRunning()) {
        rules.get(place).stopping(process::stop);
      }
    }

    private void signal(int place, boolean refused) {
      ManagedProcess process = processes.get(place);
      if (refused) {
        process.child().ifPresent(child -> ((SimulatedChild) child).refuseSignals());
      }
      boolean reached = process.child().isPresent();
      loop.run(() -> assertThat(process.signal(Signals.SIGHUP).isEmpty() && !reached).isFalse());
    }

    /** Runs {@code command} as one that every process may follow. */
    private void forAll(BiConsumer<ManualRules, Runnable> permit, Runnable command, int from) {
      if (from == rules.size()) {
        command.run();
      } else {
        permit.accept(rules.get(from), () -> forAll(permit, command, from + 1));
      }
    }

    List<String> broken() {
      List<String> broken = new ArrayList<>(loop.thrown());
      rules.forEach(each -> broken.addAll(each.broken()));
      return broken;
    }

    /** Shuts down: after a while nothing may be left but what refuses signals. */
    void end() {
      take(new Step.ShutDown());
      take(new Step.Wait(LONG_ENOUGH));
      for (int place = 0; place < processes.size(); place++) {
        take(new Step.Release(place, true));
      }
      take(new Step.Wait(LONG_ENOUGH));
    }
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void whateverHappensTheManualHolds(
      @ForAll("groups") List<Temper> group, @ForAll("steps") List<Step> steps) {
    World world = new World(group);
    for (Step step : steps) {
      world.take(step);
      assertThat(world.broken()).as("after %s", step).isEmpty();
    }

    world.end();

    assertThat(world.broken()).as("after the end").isEmpty();
    assertThat(world.group.unstopped()).isEmpty();
  }

  @Provide
  Arbitrary<List<Temper>> groups() {
    Arbitrary<ProcessConfig.Start> starts =
        Combinators.combine(
                Arbitraries.of(true, false), seconds(0, 1, 3), Arbitraries.of(0L, 1L, 3L))
            .as(ProcessConfig.Start::new);
    Arbitrary<ProcessConfig.Restart> restarts =
        Combinators.combine(
                Arbitraries.of(Autorestart.values()),
                Arbitraries.of(List.of(0), List.of(0, 2), List.<Integer>of()))
            .as(ProcessConfig.Restart::new);
    Arbitrary<ProcessConfig.Stop> stops =
        Combinators.combine(seconds(0, 1, 5), Arbitraries.of(true, false))
            .as(
                (patience, all) ->
                    new ProcessConfig.Stop(List.of(Signals.SIGTERM), patience, all, all));
    Arbitrary<Tuple.Tuple2<Boolean, Duration>> children =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(50)))
            .as(Tuple::of);
    return Combinators.combine(starts, restarts, stops, children)
        .as(ProcessStatesModelTest::temper)
        .list()
        .ofMinSize(1)
        .ofMaxSize(MOST_PROCESSES)
        .map(ProcessStatesModelTest::named);
  }

  private static Arbitrary<Duration> seconds(int... seconds) {
    return Arbitraries.integers()
        .between(0, seconds.length - 1)
        .map(i -> Duration.ofSeconds(seconds[i]));
  }

  private static Temper temper(
      ProcessConfig.Start start,
      ProcessConfig.Restart restart,
      ProcessConfig.Stop stop,
      Tuple.Tuple2<Boolean, Duration> children) {
    ChannelConfig nowhere = new ChannelConfig(new LogDestination.None(), 0, 0, 0, false, false);
    ProcessConfig.Execution execution =
        new ProcessConfig.Execution(
            Optional.empty(), OptionalInt.empty(), Optional.empty(), Map.of(), Optional.empty());
    return new Temper(
        new ProcessConfig(
            "p",
            "/p",
            999,
            start,
            restart,
            stop,
            execution,
            false,
            nowhere,
            nowhere,
            ProcessConfig.Relations.NONE,
            ProcessConfig.RestartPolicy.SUPERVISORS,
            NoExtras.HEALTH,
            NoExtras.HOOKS,
            false),
        children.get1(),
        children.get2());
  }

  private static List<Temper> named(List<Temper> tempers) {
    List<Temper> named = new ArrayList<>();
    for (Temper temper : tempers) {
      ProcessConfig c = temper.config();
      named.add(
          new Temper(
              new ProcessConfig(
                  "p" + named.size(),
                  c.command(),
                  c.priority() - named.size(),
                  c.start(),
                  c.restart(),
                  c.stop(),
                  c.execution(),
                  c.redirectStderr(),
                  c.stdout(),
                  c.stderr(),
                  c.relations(),
                  c.policy(),
                  c.health(),
                  c.hooks(),
                  c.rollingUpdate()),
              temper.obedient(),
              temper.drain()));
    }
    return named;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, MOST_PROCESSES - 1);
    Arbitrary<Integer> status = Arbitraries.of(0, 1 << 8, 2 << 8, Signals.SIGKILL, SIGSEGV);
    Arbitrary<Duration> time =
        Arbitraries.of(1, 40, 99, 500, 999, 1000, 1001, 2999, 3000, 5000, 20_000, 100_000_000)
            .map(Duration::ofMillis);
    return Arbitraries.<Step>frequencyOf(
            Tuple.of(6, place.map(Step.Start::new)),
            Tuple.of(5, place.map(Step.Stop::new)),
            Tuple.of(1, Combinators.combine(place, rarely()).as(Step.Signal::new)),
            Tuple.of(8, Combinators.combine(place, status).as(Step.End::new)),
            Tuple.of(
                3,
                Combinators.combine(place, Arbitraries.of(SimulatedLauncher.Answer.values()))
                    .as(Step.Launches::new)),
            Tuple.of(
                2, Combinators.combine(place, Arbitraries.of(true, false)).as(Step.Release::new)),
            Tuple.of(10, time.map(Step.Wait::new)),
            Tuple.of(2, time.map(Step.Leap::new)),
            Tuple.of(
                1,
                Arbitraries.longs()
                    .between(-100_000, 100_000)
                    .map(Instant::ofEpochSecond)
                    .map(Step.WallClock::new)),
            Tuple.of(2, Arbitraries.just(new Step.Autostart())))
        .list()
        .ofMaxSize(MOST_STEPS);
  }

  /** True once in six times. */
  private static Arbitrary<Boolean> rarely() {
    return Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true));
  }
}
