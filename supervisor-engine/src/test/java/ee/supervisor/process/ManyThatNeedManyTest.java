package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.Autorestart;
import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.Dependency;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.ProcessSelector;
import ee.supervisor.event.ProcessState;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many that need many: {@code depends_on = group:*} on both sides of a group. */
class ManyThatNeedManyTest {
  private static final int MANY = 40;

  private final ProcessTable table = new ProcessTable();
  private final SimulatedLoop loop = new SimulatedLoop();
  private final Gated gated = new Gated(loop, table);
  private final List<SimulatedLauncher> needed = new ArrayList<>();
  private final List<SimulatedLauncher> needing = new ArrayList<>();

  private static final class Gated extends DelegatingServices {
    final Dependencies dependencies;

    Gated(SimulatedLoop loop, ProcessTable table) {
      super(loop);
      dependencies = new Dependencies(table, this);
    }

    @Override
    public StartGate gate() {
      return dependencies;
    }
  }

  @BeforeEach
  void start() {
    add("db", List.of(), needed);
    ProcessSelector all = new ProcessSelector(Optional.of("db"), Optional.empty());
    add("web", List.of(new Dependency(all, Optional.empty())), needing);
    needed.forEach(launcher -> launcher.answer(SimulatedLauncher.Answer.HANGS));
    loop.run(gated.dependencies::tableChanged);
    loop.run(() -> table.byPriority().forEach(group -> group.autostart(loop.guard())));
  }

  private long running(String group) {
    return table.group(group).orElseThrow().byPriority().stream()
        .filter(process -> process.state() == ProcessState.RUNNING)
        .count();
  }

  private ProcessInfo web() {
    return table.group("web").orElseThrow().byPriority().get(0).info();
  }

  @Test
  void allAreStartedAtOnceWhenTheLastIsThereAndNoneBefore() {
    for (int i = 0; i < MANY - 1; i++) {
      SimulatedLauncher next = needed.get(i);
      loop.run(() -> next.release(true));
      assertThat(running("web")).isZero();
    }
    loop.run(() -> needed.get(MANY - 1).release(true));

    assertThat(running("db")).isEqualTo(MANY);
    assertThat(running("web")).isEqualTo(MANY);
    assertThat(loop.thrown()).isEmpty();
  }

  @Test
  void whoWaitsLearnsInAMomentWhatIsMissingAndWhatIsInItsWay() {
    for (int i = 0; i < MANY - 2; i++) {
      SimulatedLauncher next = needed.get(i);
      loop.run(() -> next.release(true));
    }
    SimulatedLauncher failing = needed.get(MANY - 1);
    failing.answer(SimulatedLauncher.Answer.FAILS_AT_ONCE);
    loop.run(() -> failing.release(false));
    loop.pass(Duration.ofMinutes(1));

    assertThat(web().waitsFor())
        .extracting(UnmetNeed::toString)
        .containsExactly(
            "db:db%d to be running".formatted(MANY - 2),
            "db:db%d to be running (it is FATAL)".formatted(MANY - 1));
  }

  @Test
  void theNextEndIsHeardOfThoughTheyHeardOfTheLastAMomentAgo() {
    needed.forEach(launcher -> loop.run(() -> launcher.release(true)));
    loop.run(() -> table.group("web").orElseThrow().byPriority().forEach(ManagedProcess::stop));
    loop.pass(Duration.ofSeconds(1));
    loop.run(() -> table.group("db").orElseThrow().byPriority().get(0).stop());
    loop.pass(Duration.ofSeconds(1));
    ManagedProcess web = table.group("web").orElseThrow().byPriority().get(0);
    needed.get(0).answer(SimulatedLauncher.Answer.BORN);

    loop.run(() -> gated.dependencies.start(web));

    assertThat(web.state()).isEqualTo(ProcessState.RUNNING);
    assertThat(running("db")).isEqualTo(MANY);
  }

  private void add(String name, List<Dependency> needs, List<SimulatedLauncher> launchers) {
    List<ProcessConfig> configs = new ArrayList<>();
    List<ManagedProcess> members = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ChannelConfig nowhere = new ChannelConfig(new LogDestination.None(), 0, 0, 0, false, false);
      ProcessConfig config =
          new ProcessConfig(
              name + i,
              "/x",
              999,
              new ProcessConfig.Start(true, Duration.ZERO, 2),
              new ProcessConfig.Restart(Autorestart.ALWAYS, List.of(0)),
              new ProcessConfig.Stop(List.of(Signals.SIGTERM), Duration.ofSeconds(3), false, false),
              new ProcessConfig.Execution(
                  Optional.empty(),
                  OptionalInt.empty(),
                  Optional.empty(),
                  Map.of(),
                  Optional.empty()),
              false,
              nowhere,
              nowhere,
              new ProcessConfig.Relations("program:" + name, needs, List.of()),
              ProcessConfig.RestartPolicy.SUPERVISORS,
              NoExtras.HEALTH,
              NoExtras.HOOKS,
              false);
      configs.add(config);
      SimulatedLauncher launcher = new SimulatedLauncher(name, config, loop, true, Duration.ZERO);
      launchers.add(launcher);
      members.add(launcher.process(gated));
    }
    table.add(
        new ProcessGroup(new GroupConfig.Programs(name, 999, configs), members, Optional.empty()));
  }
}
