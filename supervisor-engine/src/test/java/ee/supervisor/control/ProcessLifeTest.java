package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of single processes (manual: "Process States"), with real children. */
class ProcessLifeTest {
  @TempDir private Path directory;

  @Test
  void aProgramIsStartedWithSupervisordAndEntersRunningAfterStartsecs() {
    try (RunningEngine supervisor =
        start("[program:sleep]\ncommand=/bin/sleep 1000\nstartsecs=1\n")) {
      ProcessInfo info = supervisor.awaitState("sleep", ProcessState.RUNNING);

      assertThat(info.pid()).isPositive();
      assertThat(Path.of("/proc/" + info.pid())).exists();
      assertThat(info.start()).isBefore(Instant.now());
      assertThat(info.stop()).isEqualTo(Instant.EPOCH);
      supervisor.awaitLogged(
          "INFO spawned: \'sleep\' with pid " + info.pid(),
          "INFO success: sleep entered RUNNING state, process has stayed up for > than 1 seconds (startsecs)");
    }
  }

  @Test
  void aKilledProgramIsBackWithANewPid() throws PosixException {
    try (RunningEngine supervisor =
        start("[program:sleep]\ncommand=/bin/sleep 1000\nstartsecs=0\n")) {
      int first = supervisor.awaitState("sleep", ProcessState.RUNNING).pid();

      Kernel.kill(first, Signals.SIGKILL);

      await()
          .until(
              () -> supervisor.info("sleep").pid() != first && supervisor.info("sleep").pid() != 0);
      assertThat(supervisor.info("sleep").restarts()).isEqualTo(1);
      supervisor.awaitLogged("WARN exited: sleep (terminated by SIGKILL; not expected)");
    }
  }

  @Test
  void aProgramThatExitsTooQuicklyIsTriedAgainAndThenGivenUp() {
    try (RunningEngine supervisor =
        start("[program:quick]\ncommand=/bin/sh -c 'exit 3'\nstartsecs=1\nstartretries=1\n")) {
      ProcessInfo info = supervisor.awaitState("quick", ProcessState.FATAL);

      assertThat(info.spawnError()).isEqualTo("Exited too quickly (process log may have details)");
      assertThat(info.pid()).isZero();
      supervisor.awaitLogged(
          "gave up: quick entered FATAL state, too many start retries too quickly");
      assertThat(supervisor.log().split("spawned: 'quick'", -1)).hasSize(3);
    }
  }

  @Test
  void aMissingProgramIsASpawnErrorAndDisturbsNothingElse() {
    try (RunningEngine supervisor =
        start(
            """
            [program:missing]
            command=/no/such/program
            startretries=0
            [program:cat]
            command=/bin/cat
            startsecs=0
            """)) {
      assertThat(supervisor.awaitState("missing", ProcessState.FATAL).spawnError())
          .isEqualTo("can't find command '/no/such/program'");
      supervisor.awaitState("cat", ProcessState.RUNNING);
    }
  }

  @Test
  void aProgramWithExpectedExitCodeIsNotRestartedWhenOnlyUnexpectedOnesAre() {
    try (RunningEngine supervisor =
        start(
            "[program:done]\ncommand=/bin/sh -c 'exit 7'\nstartsecs=0\nexitcodes=7\nautorestart=unexpected\n")) {
      ProcessInfo info = supervisor.awaitState("done", ProcessState.EXITED);

      assertThat(info.exitStatus()).isEqualTo(7);
      assertThat(info.spawnError()).isEmpty();
      supervisor.awaitLogged("INFO exited: done (exit status 7; expected)");
    }
  }

  @Test
  void anUnexpectedExitIsRestarted() {
    try (RunningEngine supervisor =
        start(
            "[program:odd]\ncommand=/bin/sh -c 'sleep 0.2; exit 9'\nstartsecs=0\nautorestart=unexpected\n")) {
      await().until(() -> supervisor.info("odd").restarts() >= 2);
      supervisor.awaitLogged("WARN exited: odd (exit status 9; not expected)");
    }
  }

  @Test
  void aProgramThatEndsAtOnceWithoutStartsecsDoesNotBecomeABusyLoop() {
    try (RunningEngine supervisor =
        start("[program:true]\ncommand=/bin/true\nstartsecs=0\nautorestart=true\n")) {
      await().until(() -> supervisor.info("true").restarts() >= 5);

      // Four at once, then one a second: the sixth start cannot be within a second of the first.
      assertThat(supervisor.info("true").restarts()).isLessThan(20);
    }
  }

  @Test
  void aChildThatIgnoresTermIsKilledAfterStopwaitsecs() {
    try (RunningEngine supervisor =
        start(
            """
            [program:deaf]
            command=/bin/sh -c "trap '' TERM; echo ready; while :; do sleep 0.1; done"
            startsecs=0
            stopwaitsecs=1
            stdout_logfile=@DIR@/deaf.log
            """)) {
      int pid = supervisor.awaitState("deaf", ProcessState.RUNNING).pid();
      await().until(() -> Files.readString(directory.resolve("deaf.log")).contains("ready"));

      response(supervisor.engine().stopProcess("deaf", true));

      assertThat(supervisor.info("deaf").state()).isEqualTo(ProcessState.STOPPED);
      assertThat(supervisor.info("deaf").exitStatus()).isEqualTo(-1);
      supervisor.awaitLogged(
          "waiting for deaf to stop",
          "WARN killing 'deaf' (" + pid + ") with SIGKILL",
          "WARN stopped: deaf (terminated by SIGKILL)");
    }
  }

  @Test
  void aChildThatIsKilledAtOnceIsNotKilledAgainBeforeItCanHaveEnded() {
    try (RunningEngine supervisor =
        start(
            """
            [program:deaf]
            command=/bin/sh -c "trap '' TERM; echo ready; while :; do sleep 0.1; done"
            startsecs=0
            stopwaitsecs=0
            stdout_logfile=@DIR@/deaf.log
            """)) {
      supervisor.awaitState("deaf", ProcessState.RUNNING);
      await().until(() -> Files.readString(directory.resolve("deaf.log")).contains("ready"));

      response(supervisor.engine().stopProcess("deaf", true));

      supervisor.awaitLogged("WARN stopped: deaf (terminated by SIGKILL)");
      assertThat(supervisor.log().lines().filter(line -> line.contains("with SIGKILL")).count())
          .isBetween(1L, 4L);
    }
  }

  @Test
  void aProgramInBackoffStopsAtOnce() {
    try (RunningEngine supervisor =
        start("[program:quick]\ncommand=/bin/false\nstartsecs=1\nstartretries=100\n")) {
      supervisor.awaitState("quick", ProcessState.BACKOFF);

      response(supervisor.engine().stopProcess("quick", true));

      assertThat(supervisor.info("quick").state()).isEqualTo(ProcessState.STOPPED);
    }
  }

  @Test
  void aProcessStoppedBeforeItsChildExistsEndsStopped() {
    try (RunningEngine supervisor =
        start("[program:sleep]\ncommand=/bin/sleep 1000\nautostart=false\nstartsecs=5\n")) {
      supervisor.engine().startProcess("sleep", false);
      response(supervisor.engine().stopProcess("sleep", true));

      assertThat(supervisor.info("sleep").state()).isEqualTo(ProcessState.STOPPED);
      assertThat(supervisor.info("sleep").pid()).isZero();
    }
  }

  @Test
  void sigchldIsToldOfAfterWhatTheChildWroteAndItsEnd() {
    try (RunningEngine supervisor =
        start(
            """
            [program:talk]
            command=/bin/echo last words
            startsecs=0
            autorestart=false
            """)) {
      supervisor.awaitState("talk", ProcessState.EXITED);
      supervisor.engine().childSignalled();

      supervisor.awaitLogged("DEBG received SIGCHLD indicating a child quit");
      assertThat(supervisor.log())
          .containsSubsequence(
              "DEBG 'talk' stdout output:\nlast words\n",
              "INFO exited: talk (exit status 0; expected)",
              "DEBG received SIGCHLD indicating a child quit")
          .containsOnlyOnce("SIGCHLD");
    }
  }

  @Test
  void aGrandchildThatHoldsThePipeDoesNotHideTheExit() {
    try (RunningEngine supervisor =
        start(
            """
            [program:daemon]
            command=/bin/sh -c 'sleep 3 & echo $! > @DIR@/grandchild; exit 0'
            startsecs=0
            autorestart=false
            """)) {
      supervisor.awaitState("daemon", ProcessState.EXITED);

      assertThat(Path.of("/proc/" + read("grandchild"))).exists();
    }
  }

  @Test
  void stopasgroupReachesTheWholeProcessGroup() {
    try (RunningEngine supervisor =
        start(
            """
            [program:family]
            command=/bin/sh -c 'sleep 1000 & echo $! > @DIR@/child; wait'
            stopasgroup=true
            killasgroup=true
            startsecs=0
            """)) {
      await().until(() -> Files.exists(directory.resolve("child")) && !read("child").isEmpty());

      response(supervisor.engine().stopProcess("family", true));

      await().until(() -> !Files.exists(Path.of("/proc/" + read("child"))));
    }
  }

  @Test
  void everyChangeOfStateIsAnEvent() {
    try (RunningEngine supervisor =
        start("[program:cat]\ncommand=/bin/cat\nstartsecs=0\nautostart=false\n")) {
      response(supervisor.engine().startProcess("cat", true));
      int pid = supervisor.info("cat").pid();
      response(supervisor.engine().stopProcess("cat", true));

      assertThat(
              supervisor.events().stream()
                  .filter(Event.ProcessStateChanged.class::isInstance)
                  .toList())
          .isEqualTo(
              List.of(
                  change(ProcessState.STOPPED, ProcessState.STARTING, 0),
                  change(ProcessState.STARTING, ProcessState.RUNNING, pid),
                  change(ProcessState.RUNNING, ProcessState.STOPPING, pid),
                  new Event.ProcessStateChanged(
                      "cat", "cat", ProcessState.STOPPING, ProcessState.STOPPED, pid, 0, false)));
    }
  }

  private static Event change(ProcessState from, ProcessState to, int pid) {
    return new Event.ProcessStateChanged("cat", "cat", from, to, pid, 0, true);
  }

  @Test
  void commandsAreRefusedWithSupervisorsFaults() {
    try (RunningEngine supervisor =
        start(
            """
            [program:cat]
            command=/bin/cat
            startsecs=0
            [program:missing]
            command=/no/such/program
            autostart=false
            [program:dir]
            command=/etc/
            autostart=false
            """)) {
      supervisor.awaitState("cat", ProcessState.RUNNING);
      Engine engine = supervisor.engine();

      assertRefused("ALREADY_STARTED: cat", () -> response(engine.startProcess("cat", true)));
      assertRefused("BAD_NAME: nope", () -> response(engine.startProcess("nope", true)));
      assertRefused("BAD_NAME: cat:nope", () -> response(engine.stopProcess("cat:nope", true)));
      assertRefused(
          "NO_FILE: can't find command '/no/such/program'",
          () -> response(engine.startProcess("missing", true)));
      assertRefused(
          "NOT_EXECUTABLE: command at '/etc/' is a directory",
          () -> response(engine.startProcess("dir", true)));
      assertRefused("NOT_RUNNING: missing", () -> response(engine.stopProcess("missing", true)));
      assertRefused("BAD_SIGNAL: NOSUCH", () -> response(engine.signalProcess("cat", "NOSUCH")));
      assertRefused("NOT_RUNNING: missing", () -> response(engine.signalProcess("missing", "HUP")));
      assertRefused("BAD_NAME: nope", () -> response(engine.startGroup("nope", true)));
    }
  }

  private static void assertRefused(String message, Runnable command) {
    assertThatThrownBy(command::run).isInstanceOf(SupervisorException.class).hasMessage(message);
  }

  private RunningEngine start(String programs) {
    return RunningEngine.start(directory, programs);
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file)).strip();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
