package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessDescription;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that may be needed, and all that may need: groups, copies, listeners, FastCGI. */
class DependencyKindsTest {
  private static final String WEB =
      "[program:web]\ncommand=/bin/sleep 1000\nstartsecs=0\npriority=1\n";

  @TempDir private Path directory;

  private RunningEngine start(String programs) {
    return RunningEngine.start(directory, programs);
  }

  private static List<String> running(RunningEngine supervisor) {
    return supervisor.events().stream()
        .filter(Event.ProcessStateChanged.class::isInstance)
        .map(Event.ProcessStateChanged.class::cast)
        .filter(change -> change.to() == ProcessState.RUNNING)
        .map(Event.ProcessStateChanged::process)
        .toList();
  }

  private static void awaitDescription(RunningEngine supervisor, String name, String text) {
    await()
        .untilAsserted(
            () ->
                assertThat(ProcessDescription.of(supervisor.info(name), Instant.now()))
                    .isEqualTo(text));
  }

  @Test
  void allCopiesOfAProgramAreNeeded() {
    try (RunningEngine supervisor =
        start(
            WEB
                + """
                depends_on=worker
                [program:worker]
                command=/bin/sleep 1000
                process_name=w%(process_num)d
                numprocs=3
                startsecs=0
                autostart=false
                """)) {
      response(supervisor.engine().startProcess("worker:w0", true));
      response(supervisor.engine().startProcess("worker:w2", true));
      awaitDescription(supervisor, "web", "waiting for worker:w1 to be running (it is STOPPED)");
      response(supervisor.engine().startProcess("worker:w1", true));
      supervisor.awaitState("web", ProcessState.RUNNING);
    }
  }

  @Test
  void ofAProgramWithoutCopiesNothingIsNeeded() {
    try (RunningEngine supervisor =
        start(WEB + "depends_on=worker\n[program:worker]\ncommand=/bin/cat\nnumprocs=0\n")) {
      supervisor.awaitState("web", ProcessState.RUNNING);
    }
  }

  @Test
  void aGroupNeedsAndIsNeededAsAWhole() {
    try (RunningEngine supervisor =
        start(
            """
            [group:site]
            programs=web,log
            priority=1
            depends_on=store:*
            """
                + WEB
                + """
                [program:log]
                command=/bin/sleep 1000
                startsecs=0
                [group:store]
                programs=db,cache
                priority=9
                [program:db]
                command=/bin/sleep 1000
                startsecs=0
                [program:cache]
                command=/bin/sleep 1000
                startsecs=0
                """)) {
      supervisor.awaitState("site:web", ProcessState.RUNNING);
      supervisor.awaitState("site:log", ProcessState.RUNNING);
      await().until(() -> running(supervisor).size() >= 2);
      assertThat(supervisor.engine().dependents("store:*"))
          .containsExactlyInAnyOrder("site:web", "site:log");
      response(supervisor.engine().stopGroupWithDependents("store", true));
      await().until(() -> supervisor.info("store:db").state() == ProcessState.STOPPED);
      assertThat(supervisor.events())
          .extracting(Event::summary)
          .containsSubsequence("site:web STOPPING -> STOPPED", "store:db RUNNING -> STOPPING")
          .containsSubsequence("site:log STOPPING -> STOPPED", "store:cache RUNNING -> STOPPING");
    }
  }

  @Test
  void startedIsTrueBeforeRunning() {
    try (RunningEngine supervisor =
        start(
            WEB
                + """
                depends_on=slow:started
                [program:slow]
                command=/bin/sleep 1000
                startsecs=600
                autostart=false
                """)) {
      awaitDescription(supervisor, "web", "waiting for slow to be started (it is STOPPED)");
      supervisor.engine().startProcess("slow", false);
      supervisor.awaitState("web", ProcessState.RUNNING);
      assertThat(supervisor.info("slow").state()).isEqualTo(ProcessState.STARTING);
    }
  }

  @Test
  void aListenerAndAFastCgiProgramCanBeNeededAndCanNeed() {
    try (RunningEngine supervisor =
        start(
            WEB
                + """
                depends_on=ears, fcgi
                [eventlistener:ears]
                command=/bin/sleep 1000
                events=TICK_3600
                startsecs=0
                priority=900
                depends_on=db
                [fcgi-program:fcgi]
                command=/bin/sleep 1000
                socket=unix://@DIR@/fcgi.sock
                startsecs=0
                depends_on=db
                [program:db]
                command=/bin/sleep 1000
                startsecs=0
                autostart=false
                """)) {
      awaitDescription(supervisor, "ears", "waiting for db to be running (it is STOPPED)");
      awaitDescription(supervisor, "fcgi", "waiting for db to be running (it is STOPPED)");
      response(supervisor.engine().startProcess("db", true));
      supervisor.awaitState("web", ProcessState.RUNNING);
      await()
          .untilAsserted(
              () ->
                  assertThat(running(supervisor))
                      .containsSubsequence("db", "ears", "web")
                      .containsSubsequence("db", "fcgi", "web"));
    }
  }

  @Test
  void aNeededGroupThatIsRemovedAndComesBackLetsTheOthersStart() {
    try (RunningEngine supervisor =
        start(
            WEB
                + """
                depends_on=db
                [program:db]
                command=/bin/sleep 1000
                startsecs=0
                autostart=false
                """)) {
      response(supervisor.engine().removeGroup("db"));
      awaitDescription(supervisor, "web", "waiting for db to be running (it is not active)");
      response(supervisor.engine().addGroup("db"));
      awaitDescription(supervisor, "web", "waiting for db to be running (it is STOPPED)");
      response(supervisor.engine().startProcess("web", true));
      assertThat(supervisor.info("db").state()).isEqualTo(ProcessState.RUNNING);
    }
  }
}
