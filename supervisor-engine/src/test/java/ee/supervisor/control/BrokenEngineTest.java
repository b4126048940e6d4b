package ee.supervisor.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.OwnDescriptors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where supervision cannot go on, the children are stopped in order and it ends loudly. */
class BrokenEngineTest {
  private static final String PROGRAMS =
      """
      [program:early]
      command=/bin/sh -c 'trap "date +%%s%%N > @DIR@/early; exit 0" TERM; while :; do sleep 0.05; done'
      priority=1
      startsecs=0
      [program:late]
      command=/bin/sh -c 'trap "date +%%s%%N > @DIR@/late; exit 0" TERM; while :; do sleep 0.05; done'
      priority=2
      startsecs=0
      [program:stubborn]
      command=/bin/sh -c 'trap "" TERM; while :; do sleep 0.05; done'
      priority=3
      startsecs=0
      stopwaitsecs=1
      """;

  @TempDir private Path directory;
  private Set<Integer> epollsBefore;
  private RunningEngine supervisor;
  private List<Path> children;

  @BeforeEach
  void start() {
    epollsBefore = OwnDescriptors.epolls();
    supervisor = RunningEngine.start(directory, PROGRAMS);
    for (String name : List.of("early", "late", "stubborn")) {
      supervisor.awaitState(name, ProcessState.RUNNING);
    }
    children =
        supervisor.engine().processes().stream().map(p -> Path.of("/proc/" + p.pid())).toList();
  }

  @Test
  void aControlLoopThatCannotGoOnStopsAllInOrderWithoutItself() throws Exception {
    CompletionStage<Void> waiting = supervisor.engine().startProcess("nosuch", true);
    int broken = epoll(true);
    OwnDescriptors.breakDown(broken);
    supervisor.engine().ping();

    assertThatThrownBy(supervisor::awaitStopped)
        .hasCauseInstanceOf(BrokenEngineException.class)
        .hasMessageContaining("the control loop cannot go on");

    assertThatAllWereStoppedInOrder();
    supervisor.awaitLogged("CRIT the control loop cannot go on", "killing 'stubborn'");
    assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
    assertThatThrownBy(() -> RunningEngine.response(supervisor.engine().ping()))
        .isInstanceOf(SupervisorException.class)
        .hasMessageContaining("SHUTDOWN_STATE");
  }

  @Test
  void whatOthersNeedIsStoppedAfterThemWhateverThePrioritiesSay(@TempDir Path other)
      throws Exception {
    supervisor.close();
    epollsBefore = OwnDescriptors.epolls();
    String program =
        """
        [program:%s]
        command=/bin/sh -c 'trap "echo %1$s >> @DIR@/order; exit 0" TERM; while :; do sleep 0.05; done'
        priority=%d
        startsecs=0
        %s
        """;
    RunningEngine inOrder =
        RunningEngine.start(
            other,
            program.formatted("web", 1, "depends_on=cache,db")
                + program.formatted("cache", 2, "depends_on=db")
                + program.formatted("db", 3, ""));
    for (String name : List.of("db", "cache", "web")) {
      inOrder.awaitState(name, ProcessState.RUNNING);
    }
    List<Path> running =
        inOrder.engine().processes().stream().map(p -> Path.of("/proc/" + p.pid())).toList();

    OwnDescriptors.breakDown(epoll(true));
    inOrder.engine().ping();

    assertThatThrownBy(inOrder::awaitStopped).hasCauseInstanceOf(BrokenEngineException.class);
    assertThat(running).noneMatch(Files::exists);
    assertThat(Files.readAllLines(other.resolve("order"))).containsExactly("web", "cache", "db");
  }

  @Test
  void anOutputLoopThatCannotGoOnStopsAllInOrder() throws Exception {
    OwnDescriptors.breakDown(epoll(false));
    // What wakes it is still the old one.
    supervisor.engine().reopenLogs();

    assertThatThrownBy(supervisor::awaitStopped)
        .hasCauseInstanceOf(BrokenEngineException.class)
        .hasMessageContaining("the output loop cannot go on");

    assertThatAllWereStoppedInOrder();
  }

  @Test
  void aSignalToEndIsObeyedThoughTheControlLoopDoesNotComeBack() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    supervisor
        .engine()
        .subscribe(
            event -> {
              stuck.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      supervisor.engine().stopProcess("late", false);
      stuck.await();

      supervisor.engine().terminate();

      assertThatThrownBy(supervisor::awaitStopped).hasCauseInstanceOf(BrokenEngineException.class);
      await().untilAsserted(() -> assertThat(children).noneMatch(Files::exists));
    } finally {
      release.countDown();
    }
  }

  /** A plug-in's subscriber is there before the first process starts. */
  @Test
  void aSignalToEndIsObeyedThoughTheBeginningDoesNotComeToItsEnd() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    Engine engine = supervisor.another();
    engine.subscribe(
        event -> {
          stuck.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    CompletableFuture<Void> beginning = CompletableFuture.runAsync(engine::begin);
    try {
      stuck.await();

      engine.terminate();

      assertThat(beginning)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("the control loop cannot go on");
    } finally {
      release.countDown();
      supervisor.close();
    }
  }

  private void assertThatAllWereStoppedInOrder() throws Exception {
    await().atMost(Duration.ofSeconds(20)).until(() -> children.stream().noneMatch(Files::exists));
    long late = Long.parseLong(Files.readString(directory.resolve("late")).strip());
    long early = Long.parseLong(Files.readString(directory.resolve("early")).strip());
    assertThat(late).isLessThan(early);
  }

  private int epoll(boolean ofControlLoop) {
    return OwnDescriptors.epolls().stream()
        .filter(number -> !epollsBefore.contains(number))
        .filter(number -> OwnDescriptors.watchesProcesses(number) == ofControlLoop)
        .findFirst()
        .orElseThrow();
  }
}
