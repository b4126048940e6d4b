package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When programs are started again, and how they are stopped, with real children. */
class RestartPolicyTest {
  @TempDir private Path directory;

  private RunningEngine start(String programs) {
    return RunningEngine.start(directory, programs);
  }

  private static long changesTo(RunningEngine supervisor, ProcessState state) {
    return supervisor.events().stream()
        .filter(Event.ProcessStateChanged.class::isInstance)
        .map(Event.ProcessStateChanged.class::cast)
        .filter(change -> change.to() == state)
        .count();
  }

  @Test
  void failedStartsAreTriedAgainAsTheBackoffSaysAndForEver() {
    try (RunningEngine supervisor =
        start(
            """
            [program:x]
            command=/bin/false
            startretries=-1
            restart_backoff=constant 10ms jitter 50%
            """)) {
      await().until(() -> supervisor.info("x").backoff() > 10);
      assertThat(changesTo(supervisor, ProcessState.FATAL)).isZero();
    }
  }

  @Test
  void whatIsStartedTooOftenIsFatal() {
    try (RunningEngine supervisor =
        start(
            """
            [program:x]
            command=/bin/true
            startsecs=0
            autorestart=true
            startlimit=3 in 60s
            """)) {
      supervisor.awaitState("x", ProcessState.FATAL);
      assertThat(supervisor.info("x").spawnError())
          .isEqualTo("'x' was started 3 in 1m already (startlimit)");
      assertThat(changesTo(supervisor, ProcessState.RUNNING)).isLessThanOrEqualTo(3);

      supervisor.engine().startProcess("x", false);
      await().until(() -> supervisor.log().split("spawned: 'x'", -1).length - 1 == 6);
      supervisor.awaitState("x", ProcessState.FATAL);
    }
  }

  @Test
  void whatHasEndedIsLeftAloneForAPause() {
    try (RunningEngine supervisor =
        start(
            """
            [program:x]
            command=/bin/sleep 1000
            startsecs=0
            autorestart=true
            restartpause=1h
            """)) {
      int pid = supervisor.awaitState("x", ProcessState.RUNNING).pid();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      supervisor.awaitState("x", ProcessState.EXITED);
      assertThat(supervisor.info("x").restarts()).isZero();
      response(supervisor.engine().startProcess("x", true));
    }
  }

  @Test
  void whatIsTooOldIsRestarted() {
    try (RunningEngine supervisor =
        start(
            """
            [program:x]
            command=/bin/sleep 1000
            startsecs=0
            max_age=1s
            """)) {
      await().atMost(Duration.ofSeconds(20)).until(() -> supervisor.info("x").restarts() > 0);
      supervisor.awaitLogged("restarting 'x': max_age=1s");
      supervisor.awaitState("x", ProcessState.RUNNING);
    }
  }

  @Test
  void whatUsesTooMuchMemoryWithAllItHasStartedIsRestarted() {
    try (RunningEngine supervisor =
        start(
            """
            [program:large]
            command=/bin/sh -c 'head -c 60000000 /dev/zero | tail -c 60000000 | sleep 1000'
            startsecs=0
            stopasgroup=true
            memory_restart=40MB
            [program:small]
            command=/bin/sleep 1000
            startsecs=0
            memory_restart=40MB
            """)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> supervisor.info("large").restarts() > 0);
      supervisor.awaitLogged("restarting 'large': it uses ");
      assertThat(supervisor.info("small").restarts()).isZero();
    }
  }

  @Test
  void stopSignalsAreSentInTurn() {
    try (RunningEngine supervisor =
        start(
            """
            [program:x]
            command=/bin/sh -c 'trap "echo int" INT; trap "echo usr; exit 7" USR1; echo ready; while :; do sleep 0.05; done'
            startsecs=0
            stopsignal=INT, USR1
            stopwaitsecs=1
            """)) {
      supervisor.awaitLogged("ready");
      response(supervisor.engine().stopProcess("x", true));
      supervisor.awaitLogged("has not stopped, sending SIGUSR1", "stopped: x (exit status 7)");
      assertThat(supervisor.log()).doesNotContain("SIGKILL");
    }
  }

  @Test
  void afterTheLastStopSignalItIsKilled() {
    try (RunningEngine supervisor =
        start(
            """
            [program:x]
            command=/bin/sh -c 'trap "" INT TERM; echo ready; while :; do sleep 0.05; done'
            startsecs=0
            stopsignal=INT, TERM
            stopwaitsecs=0
            """)) {
      supervisor.awaitLogged("ready");
      response(supervisor.engine().stopProcess("x", true));
      supervisor.awaitLogged("sending SIGTERM", "with SIGKILL");
    }
  }
}
