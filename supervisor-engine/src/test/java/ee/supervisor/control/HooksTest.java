package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands around the life of a program, with real children. */
class HooksTest {
  @TempDir private Path directory;

  private RunningEngine start(String options) {
    return RunningEngine.start(directory, options);
  }

  private List<String> lines(String file) {
    try {
      Path path = directory.resolve(file);
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitLines(String file, String... lines) {
    await().untilAsserted(() -> assertThat(lines(file)).containsExactly(lines));
  }

  @Test
  void theProgramStartsWhenPreStartHasEnded() throws IOException {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sh -c 'echo program >> @DIR@/order; exec sleep 1000'
            pre_start_hook=/bin/sh -c 'while [ ! -e @DIR@/go ]; do sleep 0.02; done; echo hook >> @DIR@/order'
            startsecs=0
            """)) {
      supervisor.awaitState("p", ProcessState.STARTING);
      assertThat(supervisor.info("p").pid()).isZero();

      Files.createFile(directory.resolve("go"));

      supervisor.awaitState("p", ProcessState.RUNNING);
      awaitLines("order", "hook", "program");
    }
  }

  @Test
  void aFailingPreStartIsASpawnErrorThatSaysSo() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sleep 1000
            pre_start_hook=/bin/sh -c 'echo no database >&2; exit 3'
            startretries=0
            stderr_logfile=@DIR@/err
            """)) {
      assertThat(supervisor.awaitState("p", ProcessState.FATAL).spawnError())
          .isEqualTo("pre_start_hook failed: exit status 3: no database");
      awaitLines("err", "no database");
      assertThatThrownBy(() -> response(supervisor.engine().startProcess("p", true)))
          .hasMessageContaining("SPAWN_ERROR");
    }
  }

  @Test
  void aHookIsKilledWithAllItStartedWhenItsTimeIsOver() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sleep 1000
            pre_start_hook=/bin/sh -c 'sleep 987 & echo $! > @DIR@/child; wait'
            hook_timeout=0.5
            startretries=0
            [program:other]
            command=/bin/sleep 1000
            startsecs=0
            """)) {
      supervisor.awaitState("other", ProcessState.RUNNING);
      assertThat(supervisor.awaitState("p", ProcessState.FATAL).spawnError())
          .isEqualTo("pre_start_hook failed: not done within 0.5 s");
      await().until(() -> !isAlive(lines("child").get(0)));
    }
  }

  private static boolean isAlive(String pid) throws IOException {
    Path stat = Path.of("/proc", pid, "stat");
    try {
      return !Files.readString(stat).contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void aStopDuringPreStartEndsBoth() {
    try (RunningEngine supervisor =
        start("[program:p]\ncommand=/bin/sleep 1000\npre_start_hook=/bin/sleep 1000\n")) {
      supervisor.awaitState("p", ProcessState.STARTING);

      response(supervisor.engine().stopProcess("p", true));

      assertThat(supervisor.info("p").state()).isEqualTo(ProcessState.STOPPED);
      assertThat(supervisor.info("p").spawnError()).isEmpty();
    }
  }

  @Test
  void hooksRunInTheOrderOfALife() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sh -c 'trap "echo term >> @DIR@/order; exit" TERM; echo up >> @DIR@/order; while :; do sleep 0.02; done'
            startsecs=0
            environment=WHO="me"
            pre_start_hook=/bin/sh -c 'echo pre_start $WHO >> @DIR@/order'
            post_start_hook=/bin/sh -c 'while ! grep -q up @DIR@/order; do sleep 0.01; done; kill -0 $MAINPID && echo post_start >> @DIR@/order'
            pre_stop_hook=/bin/sh -c 'kill -0 $MAINPID && echo pre_stop >> @DIR@/order'
            post_stop_hook=/bin/sh -c 'echo post_stop >> @DIR@/order'
            """)) {
      supervisor.awaitState("p", ProcessState.RUNNING);
      await().until(() -> lines("order").contains("post_start"));

      response(supervisor.engine().stopProcess("p", true));

      assertThat(lines("order"))
          .containsExactly("pre_start me", "up", "post_start", "pre_stop", "term", "post_stop");
    }
  }

  @Test
  void aStopCommandTakesTheSignalsPlace() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sh -c 'trap "" TERM; trap "echo usr1 >> @DIR@/order; exit 0" USR1; while :; do sleep 0.02; done'
            startsecs=1
            stop_command=/bin/sh -c 'kill -USR1 $MAINPID'
            stopwaitsecs=60
            """)) {
      supervisor.awaitState("p", ProcessState.RUNNING);

      response(supervisor.engine().stopProcess("p", true));

      assertThat(lines("order")).containsExactly("usr1");
    }
  }

  @Test
  void aProgramThatIgnoresItsStopCommandIsKilledAfterStopwaitsecs() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sleep 1000
            startsecs=0
            stop_command=/bin/true
            stopwaitsecs=1
            """)) {
      supervisor.awaitState("p", ProcessState.RUNNING);

      response(supervisor.engine().stopProcess("p", true));

      supervisor.awaitLogged("stopped: p (terminated by SIGKILL)");
    }
  }

  @Test
  void aStopCommandThatFailsIsFollowedByTheSignal() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sleep 1000
            startsecs=0
            stop_command=/no/such/command
            stopwaitsecs=60
            """)) {
      supervisor.awaitState("p", ProcessState.RUNNING);

      response(supervisor.engine().stopProcess("p", true));

      supervisor.awaitLogged(
          "p: stop_command failed: can't find command '/no/such/command'",
          "stopped: p (terminated by SIGTERM)");
    }
  }

  @Test
  void theNextStartWaitsForWhatFollowsTheEnd() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sh -c 'echo up >> @DIR@/order; sleep 0.1'
            autorestart=true
            startsecs=0
            post_stop_hook=/bin/sh -c 'sleep 0.2; echo cleaned >> @DIR@/order'
            """)) {
      supervisor.awaitLogged("spawned: 'p'");
      await().until(() -> lines("order").size() >= 4);
      assertThat(lines("order").subList(0, 4)).containsExactly("up", "cleaned", "up", "cleaned");
    }
  }

  @Test
  void shutdownWaitsForWhatFollowsTheEnd() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sleep 1000
            startsecs=0
            post_stop_hook=/bin/sh -c 'sleep 0.3; echo cleaned >> @DIR@/order'
            """)) {
      supervisor.awaitState("p", ProcessState.RUNNING);
      response(supervisor.engine().shutdown());
      supervisor.awaitStopped();
      assertThat(lines("order")).containsExactly("cleaned");
    }
  }

  @Test
  void whatItWritesIsNoEventAndNotTheProgramsProtocol() {
    try (RunningEngine supervisor =
        start(
            """
            [program:p]
            command=/bin/sleep 1000
            startsecs=0
            stdout_events_enabled=true
            stdout_logfile=@DIR@/out
            pre_start_hook=/bin/echo from the hook
            """)) {
      supervisor.awaitState("p", ProcessState.RUNNING);
      awaitLines("out", "from the hook");
      assertThat(supervisor.events())
          .noneMatch(event -> event.eventType().name().startsWith("PROCESS_LOG"));
    }
  }
}
