package ee.supervisor.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.Signals;
import ee.supervisor.process.LifeCounts;
import ee.supervisor.process.ProcessMeasurements;
import ee.supervisor.process.ReactionTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a supervisor counts and times, with real children. */
class MeasurementsTest {
  @TempDir private Path directory;

  @Test
  void exitsAreCountedByCodeAndBySignal() throws PosixException {
    try (RunningEngine supervisor =
        start(
            """
            [program:odd]
            command=/bin/sh -c 'exit 9'
            startsecs=0
            autorestart=true
            [program:sleep]
            command=/bin/sleep 1000
            startsecs=0
            """)) {
      Kernel.kill(supervisor.awaitState("sleep", ProcessState.RUNNING).pid(), Signals.SIGKILL);

      await().until(() -> exits(supervisor, "odd").getOrDefault("9", 0L) >= 3);
      await().until(() -> exits(supervisor, "sleep").equals(Map.of("SIGKILL", 1L)));
      assertThat(exits(supervisor, "odd")).containsOnlyKeys("9");
    }
  }

  @Test
  void aReplacementOfADeadChildIsTimedAndAStartByAnOperatorIsNot() throws PosixException {
    try (RunningEngine supervisor =
        start("[program:sleep]\ncommand=/bin/sleep 1000\nstartsecs=0\n")) {
      int first = supervisor.awaitState("sleep", ProcessState.RUNNING).pid();
      RunningEngine.response(supervisor.engine().stopProcess("sleep", true));
      RunningEngine.response(supervisor.engine().startProcess("sleep", true));
      assertThat(count(reactions(supervisor))).isZero();

      int second = supervisor.info("sleep").pid();
      assertThat(second).isNotEqualTo(first);
      Kernel.kill(second, Signals.SIGKILL);

      await().until(() -> count(reactions(supervisor)) == 1);
      assertThat(reactions(supervisor).sum())
          .isBetween(Duration.ofNanos(1), Duration.ofSeconds(20));
    }
  }

  @Test
  void whatCannotBeStartedIsCounted() {
    try (RunningEngine supervisor =
        start("[program:missing]\ncommand=/no/such/program\nstartretries=0\n")) {
      LifeCounts counts = supervisor.awaitState("missing", ProcessState.FATAL).counts();

      assertThat(counts).isEqualTo(new LifeCounts(0, 1, Map.of()));
    }
  }

  @Test
  void bytesWrittenToALogCountOnWhenItIsCleared() {
    try (RunningEngine supervisor =
        start(
            """
            [program:talk]
            command=/bin/sh -c 'printf 12345; printf 123 >&2; exec cat'
            startsecs=0
            """)) {
      await().until(() -> talk(supervisor).stdoutBytesWritten() == 5);
      await().until(() -> talk(supervisor).stderrBytesWritten() == 3);

      RunningEngine.response(supervisor.engine().clearProcessLogs("talk"));

      assertThat(talk(supervisor).stdoutBytesWritten()).isEqualTo(5);
    }
  }

  @Test
  void whatAnAudienceMissesIsToldByItsName() {
    Instant before = Instant.now();
    try (RunningEngine supervisor = start("")) {
      Measurements measurements = supervisor.engine().measurements();

      measurements.countDropped("slow", () -> 7);

      assertThat(measurements.droppedEvents()).isEqualTo(Map.of("slow", 7L));
      assertThat(measurements.started()).isBetween(before, Instant.now());
    }
  }

  private static ProcessMeasurements talk(RunningEngine supervisor) {
    List<ProcessMeasurements> all = supervisor.engine().measurements().processes();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static Map<String, Long> exits(RunningEngine supervisor, String name) {
    return supervisor.info(name).counts().exits().entrySet().stream()
        .collect(Collectors.toMap(each -> each.getKey().toString(), Map.Entry::getValue));
  }

  private static ReactionTimes.Histogram reactions(RunningEngine supervisor) {
    return supervisor.engine().measurements().reactionTimes();
  }

  private static long count(ReactionTimes.Histogram histogram) {
    return histogram.counts().stream().mapToLong(Long::longValue).sum();
  }

  private RunningEngine start(String programs) {
    return RunningEngine.start(directory, programs);
  }
}
