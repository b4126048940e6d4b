package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.protocol.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rolling restarts: one after the other, and what ends them. */
class RollTest {
  private static final String WEB =
      """
      [program:web]
      command = /bin/sh -c 'test ! -e @DIR@/broken && exec sleep 600'
      process_name = w%(process_num)d
      numprocs = 4
      startsecs = 0
      startretries = 0
      autorestart = false
      """;

  private static final String SLOW =
      """
      [program:slow]
      command = /bin/sleep 600
      process_name = s%(process_num)d
      numprocs = 2
      startsecs = 60
      """;

  @TempDir private Path directory;

  private static void awaitRunning(RunningEngine engine) {
    for (int i = 0; i < 4; i++) {
      engine.awaitState("web:w" + i, ProcessState.RUNNING);
    }
  }

  private static List<Integer> pids(RunningEngine engine) {
    return engine.engine().processes().stream().map(process -> process.pid()).toList();
  }

  @Test
  void oneIsRestartedWhenTheOneBeforeIsReady() {
    try (RunningEngine engine = RunningEngine.start(directory, WEB)) {
      awaitRunning(engine);
      List<Integer> before = pids(engine);
      engine.events().clear();
      RollReport report = response(engine.engine().rollGroup("web", RollOptions.DEFAULT));

      assertThat(report.isComplete()).isTrue();
      assertThat(report.problem()).isEmpty();
      assertThat(report.results())
          .extracting(ProcessResult::name)
          .containsExactly("w0", "w1", "w2", "w3");
      assertThat(pids(engine)).doesNotContainAnyElementsOf(before).doesNotContain(0);
      assertThat(mostDown(engine)).isEqualTo(1);
      engine.awaitLogged(
          "rolling restart of web begins: 4 processes, 1 at a time",
          "rolling restart of web: web:w1 restarted, 2 of 4",
          "rolling restart of web done: 4 processes");
    }
  }

  @Test
  void inBatchesSoManyAreDownAtATime() {
    try (RunningEngine engine = RunningEngine.start(directory, WEB)) {
      awaitRunning(engine);
      engine.events().clear();
      RollOptions three = new RollOptions(3, Duration.ofSeconds(20));
      assertThat(response(engine.engine().rollGroup("web", three)).isComplete()).isTrue();
      assertThat(mostDown(engine)).isEqualTo(3);
    }
  }

  /** How many processes were not RUNNING at the worst moment. */
  private static int mostDown(RunningEngine engine) {
    Set<String> down = new HashSet<>();
    int most = 0;
    for (Event event : engine.events()) {
      if (event instanceof Event.ProcessStateChanged change) {
        if (change.to() == ProcessState.RUNNING) {
          down.remove(change.process());
        } else {
          down.add(change.process());
        }
        most = Math.max(most, down.size());
      }
    }
    assertThat(down).isEmpty();
    return most;
  }

  @Test
  void theFirstFailureEndsItAndWhatIsOldIsSaid() throws Exception {
    try (RunningEngine engine =
        RunningEngine.start(directory, WEB.replace("secs = 0", "secs = 1"))) {
      awaitRunning(engine);
      List<Integer> before = pids(engine);
      Files.createFile(directory.resolve("broken"));
      RollReport report = response(engine.engine().rollGroup("web", RollOptions.DEFAULT));

      assertThat(report.isComplete()).isFalse();
      assertThat(report.results())
          .singleElement()
          .extracting(ProcessResult::fault)
          .isEqualTo(Fault.SPAWN_ERROR);
      assertThat(report.old()).containsExactly("web:w1", "web:w2", "web:w3");
      assertThat(report.problem().orElseThrow())
          .isEqualTo(
              "rolling restart of web ended at web:w0 (SPAWN_ERROR: web:w0: Exited too quickly"
                  + " (process log may have details)), 0 of 4 restarted; still old: web:w1, web:w2, web:w3");
      assertThat(pids(engine).subList(1, 4)).isEqualTo(before.subList(1, 4));
      engine.awaitLogged(report.problem().orElseThrow());
    }
  }

  @Test
  void oneThatIsNotReadyInTimeEndsIt() {
    try (RunningEngine engine = RunningEngine.start(directory, SLOW)) {
      engine.awaitState("slow:s1", ProcessState.STARTING);
      RollOptions hasty = new RollOptions(1, Duration.ofSeconds(1));
      RollReport report = response(engine.engine().rollGroup("slow", hasty));
      assertThat(report.problem().orElseThrow())
          .contains("slow:s0: not ready after 1 s, STARTING")
          .endsWith("still old: slow:s1");
    }
  }

  @Test
  void twoOfTheSameGroupRefuseEachOther() {
    try (RunningEngine engine = RunningEngine.start(directory, SLOW + WEB)) {
      awaitRunning(engine);
      CompletionStage<RollReport> first = engine.engine().rollGroup("slow", RollOptions.DEFAULT);
      for (CompletionStage<RollReport> second :
          List.of(
              engine.engine().rollGroup("slow", RollOptions.DEFAULT),
              engine.engine().rollProcess("slow:s1", RollOptions.DEFAULT),
              engine.engine().rollAll(RollOptions.DEFAULT))) {
        assertThatThrownBy(() -> response(second))
            .isInstanceOf(SupervisorException.class)
            .hasMessageStartingWith("ALREADY_STARTED: a rolling restart of slow is under way");
      }
      // another group is nobody's concern
      assertThat(response(engine.engine().rollGroup("web", RollOptions.DEFAULT)).isComplete())
          .isTrue();

      // and stopping the one whose turn it is ends it
      await()
          .until(
              () ->
                  engine.info("slow:s0").restarts() == 1
                      && engine.info("slow:s0").state() == ProcessState.STARTING);
      response(engine.engine().stopProcess("slow:s0", true));
      assertThat(response(first).old()).containsExactly("slow:s1");
      assertThat(
              response(engine.engine().rollGroup("slow", new RollOptions(1, Duration.ofSeconds(1))))
                  .isComplete())
          .isFalse();
    }
  }

  @Test
  void shutdownEndsItAndItsClientHears() {
    RunningEngine engine = RunningEngine.start(directory, SLOW);
    CompletionStage<RollReport> roll;
    try (engine) {
      engine.awaitState("slow:s1", ProcessState.STARTING);
      roll = engine.engine().rollGroup("slow", RollOptions.DEFAULT);
      await().until(() -> engine.info("slow:s0").restarts() == 1);
      engine.engine().shutdown();
      engine.awaitStopped();
      engine.awaitLogged("rolling restart of slow ended at slow:s0");
    }
    assertThat(response(roll).old()).containsExactly("slow:s1");
  }

  @Test
  void oneThatWasStoppedIsStarted() {
    try (RunningEngine engine = RunningEngine.start(directory, WEB)) {
      awaitRunning(engine);
      response(engine.engine().stopProcess("web:w2", true));
      assertThat(response(engine.engine().rollGroup("web", RollOptions.DEFAULT)).isComplete())
          .isTrue();
      assertThat(engine.info("web:w2").state()).isEqualTo(ProcessState.RUNNING);
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    try (RunningEngine engine = RunningEngine.start(directory, WEB)) {
      assertThatThrownBy(() -> response(engine.engine().rollGroup("nope", RollOptions.DEFAULT)))
          .hasMessage("BAD_NAME: nope");
      assertThatThrownBy(() -> RollOptions.of(0L, null))
          .hasMessage("BAD_ARGUMENTS: batch has to be a number of processes above 0, not 0");
      assertThatThrownBy(() -> RollOptions.of(null, 0L)).hasMessageContaining("from 1 to 86400");
      assertThat(RollOptions.of(Long.MAX_VALUE, null).batch()).isEqualTo(Integer.MAX_VALUE);
    }
  }
}
