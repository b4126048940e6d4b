package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An update of groups that need one another, with real children. */
class ReplacementOrderTest {
  @TempDir private Path directory;

  private static String sleeping(String name, String options) {
    return "[program:%s]\ncommand=/bin/sleep 1000\nstartsecs=0\n%s\n".formatted(name, options);
  }

  private static String chain(String environment) {
    return sleeping("web", "priority=1\ndepends_on=cache\nenvironment=" + environment)
        + sleeping("cache", "depends_on=db\nenvironment=" + environment)
        + sleeping("db", "priority=1000\nenvironment=" + environment);
  }

  private RunningEngine start(String programs) {
    return RunningEngine.start(directory, programs);
  }

  /** What became of processes since the last look: {@code web STOPPED}. */
  private static List<String> changes(RunningEngine supervisor) {
    return supervisor.events().stream()
        .filter(Event.ProcessStateChanged.class::isInstance)
        .map(Event.ProcessStateChanged.class::cast)
        .filter(change -> change.to() != ProcessState.STARTING)
        .map(change -> change.process() + " " + change.to())
        .toList();
  }

  /** A client's update as Supervisor's supervisorctl makes it. */
  private static ConfigChanges step(RunningEngine supervisor) {
    ConfigChanges changes = response(supervisor.engine().reloadConfig());
    for (String group : changes.removed()) {
      response(supervisor.engine().stopGroup(group, true));
      response(supervisor.engine().removeGroup(group));
    }
    for (String group : changes.changed()) {
      response(supervisor.engine().stopGroup(group, true));
      response(supervisor.engine().removeGroup(group));
      response(supervisor.engine().addGroup(group));
    }
    changes.added().forEach(group -> response(supervisor.engine().addGroup(group)));
    return changes;
  }

  private static void assertReplacedInOrder(RunningEngine supervisor) {
    supervisor.awaitState("web", ProcessState.RUNNING);
    await()
        .untilAsserted(
            () ->
                assertThat(changes(supervisor))
                    .endsWith(
                        "web STOPPING",
                        "web STOPPED",
                        "cache STOPPING",
                        "cache STOPPED",
                        "db STOPPING",
                        "db STOPPED",
                        "db RUNNING",
                        "cache RUNNING",
                        "web RUNNING"));
  }

  @Test
  void thoseThatNeedOthersStopBeforeTheseAreReplaced() {
    try (RunningEngine supervisor = start(chain("A=1"))) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      supervisor.configure(chain("A=2"));
      response(supervisor.engine().update());
      assertReplacedInOrder(supervisor);
    }
  }

  @Test
  void anUpdateInAClientsStepsKeepsTheOrderToo() {
    try (RunningEngine supervisor = start(chain("A=1"))) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      supervisor.configure(chain("A=2"));
      assertThat(step(supervisor).changed()).containsExactly("db", "cache", "web");
      assertReplacedInOrder(supervisor);
    }
  }

  @Test
  void ofOneProcessOnlyThoseThatChangedAreStoppedBeforeIt() {
    String web = "[group:site]\nprograms=web,log\n" + sleeping("log", "depends_on=db");
    try (RunningEngine supervisor =
        start(web + sleeping("web", "depends_on=db") + sleeping("db", ""))) {
      supervisor.awaitState("site:web", ProcessState.RUNNING);
      int log = supervisor.awaitState("site:log", ProcessState.RUNNING).pid();
      supervisor.configure(
          web
              + sleeping("web", "depends_on=db\nenvironment=A=2")
              + sleeping("db", "environment=A=2"));
      response(supervisor.engine().update(new UpdateOptions(List.of(), true)));

      supervisor.awaitState("site:web", ProcessState.RUNNING);
      await()
          .untilAsserted(
              () ->
                  assertThat(changes(supervisor))
                      .endsWith(
                          "web STOPPING",
                          "web STOPPED",
                          "db STOPPING",
                          "db STOPPED",
                          "db RUNNING",
                          "web RUNNING"));
      assertThat(supervisor.info("site:log").pid()).isEqualTo(log);
    }
  }

  @Test
  void whatDoesNotStartByItselfRunsAgainWhenOnlyWhatChangedFollows() {
    String options = "autostart=false\ndepends_on=db\nenvironment=A=";
    try (RunningEngine supervisor =
        start(sleeping("web", options + "1") + sleeping("db", "environment=A=1"))) {
      response(supervisor.engine().startProcess("web", true));
      supervisor.configure(sleeping("web", options + "2") + sleeping("db", "environment=A=2"));
      response(supervisor.engine().update(new UpdateOptions(List.of(), true)));
      supervisor.awaitState("web", ProcessState.RUNNING);
      assertThat(changes(supervisor)).containsSubsequence("web STOPPED", "db STOPPING");
    }
  }

  @Test
  void whatIsRestartedInItsTurnGoesOnUntilThen() {
    String options = "numprocs=2\nprocess_name=%(process_num)d\ndepends_on=db\nrolling_update=true";
    try (RunningEngine supervisor =
        start(sleeping("web", options) + sleeping("db", "environment=A=1"))) {
      supervisor.awaitState("web:0", ProcessState.RUNNING);
      supervisor.awaitState("web:1", ProcessState.RUNNING);
      supervisor.configure(
          sleeping("web", options + "\nenvironment=A=2") + sleeping("db", "environment=A=2"));
      response(supervisor.engine().update());
      await()
          .untilAsserted(
              () ->
                  assertThat(changes(supervisor))
                      .endsWith("1 STOPPING", "1 STOPPED", "1 RUNNING")
                      .containsSubsequence("db STOPPED", "0 STOPPING", "0 RUNNING", "1 STOPPING")
                      .containsSubsequence("db STOPPED", "db RUNNING", "0 RUNNING"));
    }
  }

  @Test
  void aRenamedProgramIsReplacedInOrder() {
    try (RunningEngine supervisor = start(sleeping("web", "depends_on=db") + sleeping("db", ""))) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      supervisor.configure(sleeping("web", "depends_on=store") + sleeping("store", ""));
      step(supervisor);
      supervisor.awaitState("web", ProcessState.RUNNING);
      await()
          .untilAsserted(
              () ->
                  assertThat(changes(supervisor))
                      .endsWith(
                          "web STOPPING",
                          "web STOPPED",
                          "db STOPPING",
                          "db STOPPED",
                          "store RUNNING",
                          "web RUNNING"));
    }
  }

  @Test
  void whoseTurnDoesNotComeIsStartedAgain() {
    try (RunningEngine supervisor = start(chain("A=1"))) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      supervisor.configure(chain("A=2"));
      response(supervisor.engine().reloadConfig());
      response(supervisor.engine().stopGroup("db", true));
      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.STOPPED);
      response(supervisor.engine().removeGroup("db"));
      response(supervisor.engine().addGroup("db"));

      supervisor.awaitState("web", ProcessState.RUNNING);
      assertThat(supervisor.info("web").config().execution().environment()).containsEntry("A", "1");
    }
  }

  @Test
  void whatAnOperatorStopsMeanwhileStaysStopped() {
    try (RunningEngine supervisor = start(chain("A=1"))) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      supervisor.configure(chain("A=2"));
      response(supervisor.engine().reloadConfig());
      response(supervisor.engine().stopGroup("db", true));
      response(supervisor.engine().stopGroup("web", true));
      // the neighbour that nobody has stopped comes back, or waits; then it is known of both
      await().until(() -> !supervisor.info("cache").waitsFor().isEmpty());
      assertThat(supervisor.info("web").waitsFor()).isEmpty();
      assertThat(supervisor.info("web").state()).isEqualTo(ProcessState.STOPPED);
      assertThat(supervisor.info("db").state()).isEqualTo(ProcessState.STOPPED);
    }
  }

  @Test
  void whatIsAsConfiguredStopsAlone() {
    try (RunningEngine supervisor = start(chain("A=1"))) {
      supervisor.awaitState("web", ProcessState.RUNNING);
      response(supervisor.engine().reloadConfig());
      response(supervisor.engine().stopGroup("db", true));
      assertThat(supervisor.info("cache").state()).isEqualTo(ProcessState.RUNNING);
    }
  }

  @Test
  void anUpdateOfOneGroupLeavesTheOthersAlone() {
    try (RunningEngine supervisor = start(chain("A=1"))) {
      int web = supervisor.awaitState("web", ProcessState.RUNNING).pid();
      supervisor.configure(chain("A=2"));
      response(supervisor.engine().update(new UpdateOptions(List.of("db"), false)));
      assertThat(supervisor.info("web").pid()).isEqualTo(web);
    }
  }
}
