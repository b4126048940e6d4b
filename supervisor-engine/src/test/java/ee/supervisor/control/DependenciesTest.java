package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessDescription;
import ee.supervisor.protocol.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that need others, with real children. */
class DependenciesTest {
  /** {@code db} is RUNNING when the file {@code go} is there: until then it fails. */
  private static final String DB =
      """
      [program:db]
      command=/bin/sh -c 'test -e @DIR@/go && exec sleep 1000'
      startretries=0
      autostart=false
      """;

  private static final String WEB =
      """
      [program:web]
      command=/bin/sleep 1000
      startsecs=0
      depends_on=db
      """;

  @TempDir private Path directory;

  private RunningEngine start(String programs) {
    return RunningEngine.start(directory, programs);
  }

  private static String description(RunningEngine supervisor, String name) {
    return ProcessDescription.of(supervisor.info(name), Instant.now());
  }

  private static void awaitDescription(RunningEngine supervisor, String name, String text) {
    await().untilAsserted(() -> assertThat(description(supervisor, name)).isEqualTo(text));
  }

  private static List<String> changesTo(RunningEngine supervisor, ProcessState state) {
    return supervisor.events().stream()
        .filter(Event.ProcessStateChanged.class::isInstance)
        .map(Event.ProcessStateChanged.class::cast)
        .filter(change -> change.to() == state)
        .map(Event.ProcessStateChanged::process)
        .toList();
  }

  private static String sleeping(String name, String options) {
    return "[program:%s]\ncommand=/bin/sleep 1000\nstartsecs=0\n%s\n".formatted(name, options);
  }

  @Test
  void startOrderFollowsTheGraphThenPriority() {
    String programs =
        sleeping("web", "priority=1\ndepends_on=cache,db")
            + sleeping("cache", "priority=2\ndepends_on=db")
            + sleeping("db", "priority=3")
            + sleeping("log", "priority=4");
    RunningEngine supervisor = start(programs);
    try (supervisor) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      supervisor.awaitLogged("spawned: 'web'");
      assertThat(supervisor.log().lines().filter(line -> line.contains("spawned: ")))
          .extracting(line -> line.replaceAll(".*spawned: '(.*)' with.*", "$1"))
          .containsExactly("db", "log", "cache", "web");
    }
    assertThat(changesTo(supervisor, ProcessState.STOPPED))
        .containsSubsequence("web", "cache", "db")
        .contains("log");
  }

  @Test
  void whileItWaitsAProgramIsStoppedAndSaysForWhat() {
    try (RunningEngine supervisor = start(sleeping("db", "autostart=false") + WEB)) {
      awaitDescription(supervisor, "web", "waiting for db to be running (it is STOPPED)");
      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.STOPPED);
      assertThat(supervisor.info("web").start()).isEqualTo(Instant.EPOCH);

      response(supervisor.engine().startProcess("db", true));

      supervisor.awaitState("web", ProcessState.RUNNING);
      assertThat(supervisor.info("web").waitsFor()).isEmpty();
    }
  }

  @Test
  void whatHasToCompleteMayEndQuicklyAndOnlyThenTheOtherStarts() throws Exception {
    Path done = directory.resolve("done");
    try (RunningEngine supervisor =
        start(
            """
            [program:migrate]
            command=/bin/sh -c 'sleep 0.2; touch @DIR@/done'
            [program:web]
            command=/bin/sh -c 'test -e @DIR@/done && exec sleep 1000'
            depends_on=migrate:completed
            """)) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      assertThat(done).exists();
      assertThat(supervisor.info("migrate").state()).isEqualTo(ProcessState.EXITED);
      assertThat(supervisor.info("migrate").restarts()).isZero();
    }
  }

  @Test
  void whatEndsBadlyHasNotCompletedButHasExited() {
    try (RunningEngine supervisor =
        start(
            """
            [program:migrate]
            command=/bin/sh -c 'exit 3'
            startsecs=0
            autorestart=false
            [program:needs-completed]
            command=/bin/sleep 1000
            depends_on=migrate:completed
            [program:needs-exited]
            command=/bin/sleep 1000
            startsecs=0
            depends_on=migrate:exited
            """)) {
      supervisor.awaitState("needs-exited", ProcessState.RUNNING);
      awaitDescription(
          supervisor, "needs-completed", "waiting for migrate to complete (it is EXITED)");
    }
  }

  @Test
  void anOperatorsStartBringsUpWhatIsNeededFirst() {
    String programs =
        sleeping("db", "autostart=false")
            + sleeping("cache", "autostart=false\ndepends_on=db")
            + sleeping("web", "autostart=false\ndepends_on=cache");
    try (RunningEngine supervisor = start(programs)) {
      response(supervisor.engine().startProcess("web", true));

      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.RUNNING);
      assertThat(supervisor.info("db").state()).isEqualTo(ProcessState.RUNNING);
      await()
          .untilAsserted(
              () ->
                  assertThat(changesTo(supervisor, ProcessState.RUNNING))
                      .containsExactly("db", "cache", "web"));
    }
  }

  @Test
  void allAreStartedInOrderAndNoneIsAMistake() {
    String programs =
        sleeping("db", "autostart=false\npriority=9")
            + sleeping("web", "autostart=false\npriority=1\ndepends_on=db");
    try (RunningEngine supervisor = start(programs)) {
      assertThat(response(supervisor.engine().startAll(true)))
          .extracting(ProcessResult::fault)
          .containsOnly(Fault.SUCCESS)
          .hasSize(2);
      await()
          .untilAsserted(
              () ->
                  assertThat(changesTo(supervisor, ProcessState.RUNNING))
                      .containsExactly("db", "web"));
    }
  }

  @Test
  void aStartThatDoesNotWaitReturnsWhileItWaits() {
    try (RunningEngine supervisor =
        start(
            """
            [program:db]
            command=/bin/sleep 1000
            startsecs=600
            autostart=false
            """
                + WEB)) {
      response(supervisor.engine().startProcess("web", false));
      supervisor.awaitState("db", ProcessState.STARTING);
      awaitDescription(supervisor, "web", "waiting for db to be running");
    }
  }

  @Test
  void aProgramCanBeStartedAlone() {
    try (RunningEngine supervisor = start(sleeping("db", "autostart=false") + WEB)) {
      response(supervisor.engine().startProcessAlone("web", true));

      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.RUNNING);
      assertThat(supervisor.info("web").waitsFor()).isEmpty();
      assertThat(supervisor.info("db").state()).isEqualTo(ProcessState.STOPPED);
    }
  }

  @Test
  void aStartWhoseNeedsCannotBeHadFailsAndTheProgramGoesOnWaiting() throws Exception {
    try (RunningEngine supervisor = start(DB + WEB)) {
      CompletionStage<Void> started = supervisor.engine().startProcess("web", true);
      assertThatThrownBy(() -> response(started))
          .isInstanceOf(SupervisorException.class)
          .hasMessageStartingWith("SPAWN_ERROR");
      assertThat(supervisor.info("web").waitsFor()).isNotEmpty();

      Files.createFile(directory.resolve("go"));
      response(supervisor.engine().startProcess("db", true));
      supervisor.awaitState("web", ProcessState.RUNNING);
    }
  }

  @Test
  void aFatalDependencyIsToldOnce() {
    try (RunningEngine supervisor =
        start(
            """
            [program:db]
            command=/bin/false
            startretries=0
            autostart=false
            """
                + WEB)) {
      supervisor.engine().startProcess("db", false);
      supervisor.awaitState("db", ProcessState.FATAL);
      awaitDescription(supervisor, "web", "waiting for db to be running (it is FATAL)");
      await()
          .untilAsserted(
              () ->
                  assertThat(supervisor.events())
                      .filteredOn(Event.DependencyFailed.class::isInstance)
                      .containsExactly(new Event.DependencyFailed("web", "web", "db")));
      assertThatThrownBy(() -> response(supervisor.engine().startProcess("web", true)))
          .hasMessageStartingWith("SPAWN_ERROR");
    }
  }

  @Test
  void aStopEndsTheWaiting() {
    try (RunningEngine supervisor = start(sleeping("db", "autostart=false") + WEB)) {
      response(supervisor.engine().stopProcess("web", true));
      assertThat(description(supervisor, "web")).isEqualTo("Not started");
      response(supervisor.engine().startProcess("db", true));
      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.STOPPED);
      assertThatThrownBy(() -> response(supervisor.engine().stopProcess("web", true)))
          .hasMessage("NOT_RUNNING: web");
    }
  }

  @Test
  void aRestartBySupervisordWaitsToo() throws Exception {
    String programs =
        sleeping("db", "autorestart=false") + sleeping("web", "depends_on=db\nautorestart=true");
    try (RunningEngine supervisor = start(programs)) {
      int web = supervisor.awaitState("web", ProcessState.RUNNING).pid();
      response(supervisor.engine().stopProcess("db", true));
      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.RUNNING);
      ProcessHandle.of(web).orElseThrow().destroyForcibly();
      awaitDescription(supervisor, "web", "waiting for db to be running (it is STOPPED)");
      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.EXITED);

      response(supervisor.engine().startProcess("db", true));
      supervisor.awaitState("web", ProcessState.RUNNING);
    }
  }

  @Test
  void allAreStoppedInTheReverseOrder() {
    String slow =
        "[program:%s]\ncommand=/bin/sh -c 'trap \"sleep 0.2; exit\" TERM; while :; do"
            + " sleep 0.05; done'\nstartsecs=0\n%s\n";
    String programs =
        slow.formatted("db", "priority=30")
            + slow.formatted("cache", "priority=20\ndepends_on=db")
            + slow.formatted("web", "priority=10\ndepends_on=cache");
    try (RunningEngine supervisor = start(programs)) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      assertThat(response(supervisor.engine().stopAll(true)))
          .extracting(ProcessResult::fault)
          .containsOnly(Fault.SUCCESS)
          .hasSize(3);
      await()
          .untilAsserted(
              () ->
                  assertThat(changesTo(supervisor, ProcessState.STOPPED))
                      .containsExactly("web", "cache", "db"));
      assertThat(supervisor.events())
          .filteredOn(Event.ProcessStateChanged.class::isInstance)
          .extracting(Event::summary)
          .containsSubsequence("web:web STOPPING -> STOPPED", "cache:cache RUNNING -> STOPPING")
          .containsSubsequence("cache:cache STOPPING -> STOPPED", "db:db RUNNING -> STOPPING");
    }
  }

  @Test
  void whatNeedsAProgramIsToldAndCanBeStoppedFirst() {
    String programs =
        sleeping("db", "")
            + sleeping("cache", "depends_on=db")
            + sleeping("web", "depends_on=cache");
    try (RunningEngine supervisor = start(programs)) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      assertThat(supervisor.engine().dependents("db")).containsExactly("cache", "web");

      response(supervisor.engine().stopProcess("db", true));
      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.RUNNING);
      response(supervisor.engine().startProcess("db", true));

      assertThat(response(supervisor.engine().stopProcessWithDependents("db", true)))
          .extracting(ProcessResult::name)
          .containsExactlyInAnyOrder("web", "cache", "db");
      assertThat(supervisor.engine().dependents("db")).isEmpty();
      await()
          .untilAsserted(
              () ->
                  assertThat(changesTo(supervisor, ProcessState.STOPPED))
                      .endsWith("web", "cache", "db"));
    }
  }

  @Test
  void whatIsRestartedWithAnotherIsRestartedOnce() {
    String programs =
        sleeping("db", "")
            + sleeping("web", "depends_on=db\nrestart_with=db")
            + sleeping("log", "");
    try (RunningEngine supervisor = start(programs)) {
      int before = supervisor.awaitState("web", ProcessState.RUNNING).pid();
      int log = supervisor.awaitState("log", ProcessState.RUNNING).pid();
      response(supervisor.engine().restartProcess("db"));
      await()
          .until(
              () ->
                  supervisor.info("web").state() == ProcessState.RUNNING
                      && supervisor.info("web").pid() != before);
      assertThat(supervisor.info("web").restarts()).isOne();
      assertThat(supervisor.info("log").pid()).isEqualTo(log);
      supervisor.awaitLogged("restarting 'web', since 'db' was restarted");
    }
  }

  @Test
  void whatAnUpdateReplacesIsWaitedForAgain() {
    String db = sleeping("db", "");
    try (RunningEngine supervisor = start(db + WEB)) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      supervisor.configure(sleeping("db", "environment=A=1") + WEB);
      response(supervisor.engine().update());
      supervisor.awaitState("db", ProcessState.RUNNING);
      assertThat(supervisor.info("web").restarts()).isZero();

      supervisor.configure(WEB + sleeping("db", "environment=A=1") + "depends_on=late\n");
      assertThatThrownBy(() -> response(supervisor.engine().update()))
          .hasMessageStartingWith("CANT_REREAD");
    }
  }

  @Test
  void aDependencyThatIsNotActiveIsSaid() {
    try (RunningEngine supervisor = start("")) {
      supervisor.configure(sleeping("db", "") + WEB);
      response(supervisor.engine().reloadConfig());
      response(supervisor.engine().addGroup("web"));
      awaitDescription(supervisor, "web", "waiting for db to be running (it is not active)");
      assertThatThrownBy(() -> response(supervisor.engine().startProcess("web", true)))
          .hasMessageStartingWith("SPAWN_ERROR");

      response(supervisor.engine().addGroup("db"));
      supervisor.awaitState("web", ProcessState.RUNNING);
    }
  }

  @Test
  void aWaitingProgramHoldsUpNoShutdownAndNoRemoval() {
    RunningEngine supervisor = start(sleeping("db", "autostart=false") + WEB);
    try (supervisor) {
      awaitDescription(supervisor, "web", "waiting for db to be running (it is STOPPED)");
      response(supervisor.engine().removeGroup("web"));
      response(supervisor.engine().addGroup("web"));
      awaitDescription(supervisor, "web", "waiting for db to be running (it is STOPPED)");
    }
    assertThat(changesTo(supervisor, ProcessState.STARTING)).isEmpty();
  }

  @Test
  void aRestartWaitsForWhatIsNeededAndDoesNotBringItUp() {
    RunningEngine supervisor =
        start(
            sleeping("db", "")
                + sleeping("cache", "")
                + sleeping("web", "depends_on=db\nrestart_with=cache"));
    try (supervisor) {
      for (String name : List.of("db", "cache", "web")) {
        supervisor.awaitState(name, ProcessState.RUNNING);
      }
      response(supervisor.engine().stopProcess("db", true));
      response(supervisor.engine().restartProcess("cache"));

      awaitDescription(supervisor, "web", "waiting for db to be running (it is STOPPED)");
      assertThat(supervisor.info("db").state()).isEqualTo(ProcessState.STOPPED);

      response(supervisor.engine().startProcess("db", true));
      supervisor.awaitState("web", ProcessState.RUNNING);
    }
  }
}
