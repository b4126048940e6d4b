package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ProcessInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups, shutdown, restart and changes of the configuration, with real children. */
class GroupsTest {
  private static final String THREE =
      """
      [program:last]
      command=/bin/sleep 1000
      startsecs=0
      priority=30
      [program:first]
      command=/bin/sleep 1000
      startsecs=0
      priority=10
      [program:middle]
      command=/bin/sleep 1000
      startsecs=0
      priority=20
      """;

  @TempDir private Path directory;

  @Test
  void groupsStartByPriorityAndStopInReverse() {
    RunningEngine supervisor = start(THREE);
    try (supervisor) {
      supervisor.awaitState("last", ProcessState.RUNNING);
      assertThat(supervisor.engine().groups())
          .extracting(GroupInfo::name)
          .containsExactly("first", "middle", "last");
      assertThat(supervisor.engine().processes())
          .extracting(ProcessInfo::name)
          .containsExactly("first", "last", "middle");
    }
    assertThat(changesTo(supervisor, ProcessState.STOPPED))
        .containsExactly("last", "middle", "first");
    assertThat(changesTo(supervisor, ProcessState.STOPPING))
        .containsExactly("last", "middle", "first");
    supervisor.awaitLogged("INFO waiting for first, middle, last to die");
  }

  @Test
  void aGroupAddedAgainComesAfterTheOthersOfItsPriority() {
    try (RunningEngine supervisor =
        start(
            """
            [program:a]
            command=/bin/cat
            autostart=false
            [program:b]
            command=/bin/cat
            autostart=false
            """)) {
      response(supervisor.engine().removeGroup("a"));
      response(supervisor.engine().addGroup("a"));
      assertThat(supervisor.engine().groups())
          .extracting(GroupInfo::name)
          .containsExactly("b", "a");
    }
  }

  @Test
  void theProgramsOfAGroupStartAsItListsThem() {
    try (RunningEngine supervisor =
        start(
            """
            [group:both]
            programs=late,early
            [program:early]
            command=/bin/sleep 1000
            startsecs=0
            priority=1
            [program:late]
            command=/bin/sleep 1000
            startsecs=0
            priority=2
            """)) {
      supervisor.awaitState("both:early", ProcessState.RUNNING);
      supervisor.awaitState("both:late", ProcessState.RUNNING);
      supervisor.awaitLogged("spawned: 'late'", "spawned: 'early'");
      assertThat(supervisor.log()).containsSubsequence("spawned: 'late'", "spawned: 'early'");
    }
  }

  @Test
  void aGroupIsStoppedAndStartedAsOne() {
    try (RunningEngine supervisor =
        start(
            """
            [group:web]
            programs=a,b
            [program:a]
            command=/bin/sleep 1000
            startsecs=0
            [program:b]
            command=/bin/sleep 1000
            startsecs=0
            numprocs=2
            process_name=%(program_name)s%(process_num)d
            """)) {
      supervisor.awaitState("web:b1", ProcessState.RUNNING);

      List<ProcessResult> stopped = response(supervisor.engine().stopGroup("web", true));
      assertThat(stopped)
          .containsExactlyInAnyOrder(
              new ProcessResult("web", "a", Fault.SUCCESS, "OK"),
              new ProcessResult("web", "b0", Fault.SUCCESS, "OK"),
              new ProcessResult("web", "b1", Fault.SUCCESS, "OK"));
      assertThat(response(supervisor.engine().stopGroup("web", true))).isEmpty();
      assertThat(response(supervisor.engine().startGroup("web", true))).hasSize(3);
      assertThat(supervisor.info("web:a").state()).isEqualTo(ProcessState.RUNNING);
    }
  }

  @Test
  void aGroupOperationTellsWhichOfItsProcessesFailed() {
    try (RunningEngine supervisor =
        start(
            """
            [group:g]
            programs=good,bad
            [program:good]
            command=/bin/cat
            startsecs=0
            autostart=false
            [program:bad]
            command=/bin/false
            autostart=false
            startretries=0
            """)) {
      assertThat(response(supervisor.engine().startAll(true)))
          .containsExactlyInAnyOrder(
              new ProcessResult("g", "good", Fault.SUCCESS, "OK"),
              new ProcessResult("g", "bad", Fault.SPAWN_ERROR, "SPAWN_ERROR: g:bad"));
    }
  }

  @Test
  void whatIsKnownAtOnceIsToldBeforeWhatHadToBeWaitedFor() {
    try (RunningEngine supervisor =
        start(
            """
            [program:a]
            command=/bin/sleep 1000
            startsecs=2
            autostart=false
            [program:b]
            command=/bin/sleep 1000
            startsecs=1
            autostart=false
            [program:c]
            command=/bin/sleep 1000
            startsecs=0
            autostart=false
            [program:d]
            command=/no/such/program
            autostart=false
            [program:e]
            command=/bin/sleep 1000
            startsecs=1
            autostart=false
            """)) {
      assertThat(response(supervisor.engine().startAll(true)))
          .extracting(ProcessResult::name)
          .containsExactly("c", "d", "b", "e", "a");
    }
  }

  @Test
  void rereadTellsWhatIsAddedChangedAndRemovedAndChangesNothing() {
    try (RunningEngine supervisor = start(THREE)) {
      supervisor.awaitState("last", ProcessState.RUNNING);
      supervisor.configure(
          """
            [program:first]
            command=/bin/sleep 2000
            [program:middle]
            command=/bin/sleep 1000
            startsecs=0
            priority=20
            [program:new]
            command=/bin/cat
            startsecs=0
            """);

      assertThat(response(supervisor.engine().reloadConfig()))
          .isEqualTo(new ConfigChanges(List.of("new"), List.of("first"), List.of("last")));
      assertThat(supervisor.engine().groups())
          .extracting(GroupInfo::name)
          .containsExactly("first", "middle", "last");

      assertThatThrownBy(() -> response(supervisor.engine().removeGroup("last")))
          .hasMessage("STILL_RUNNING: last");
      response(supervisor.engine().stopGroup("last", true));
      response(supervisor.engine().removeGroup("last"));
      response(supervisor.engine().addGroup("new"));
      supervisor.awaitState("new", ProcessState.RUNNING);
      assertThatThrownBy(() -> response(supervisor.engine().addGroup("new")))
          .hasMessage("ALREADY_ADDED: new");
      assertThatThrownBy(() -> response(supervisor.engine().addGroup("last")))
          .hasMessage("BAD_NAME: last");
      assertThat(supervisor.events())
          .contains(new Event.GroupRemoved("last"), new Event.GroupAdded("new"));
    }
  }

  @Test
  void aConfigurationThatIsWrongLeavesTheRunningOneAsItWas() {
    try (RunningEngine supervisor = start(THREE)) {
      supervisor.configure("[program:first]\ncommand=/bin/sleep 2000\npriority=high\n");

      assertThatThrownBy(() -> response(supervisor.engine().reloadConfig()))
          .isInstanceOf(SupervisorException.class)
          .hasMessageStartingWith("CANT_REREAD: ");
      assertThat(supervisor.engine().configuration().groups()).hasSize(3);
    }
  }

  @Test
  void aRestartStopsEverythingAndBeginsWithTheNewConfiguration() {
    try (RunningEngine supervisor = start(THREE)) {
      supervisor.awaitState("first", ProcessState.RUNNING);
      supervisor.configure("[program:other]\ncommand=/bin/sleep 1000\nstartsecs=0\n");

      response(supervisor.engine().restart());

      await()
          .until(
              () ->
                  supervisor.engine().state() == SupervisorState.RUNNING
                      && supervisor.engine().processes().stream()
                          .anyMatch(p -> p.name().equals("other") && p.pid() > 0));
      assertThat(supervisor.engine().groups()).extracting(GroupInfo::name).containsExactly("other");
      assertThat(changesTo(supervisor, ProcessState.STOPPED)).contains("last", "middle", "first");
    }
  }

  @Test
  void whileItStopsEveryCommandIsRefusedWithShutdownState() {
    try (RunningEngine supervisor =
        start(
            """
            [program:slow]
            command=/bin/sh -c "trap 'read x < @DIR@/gate; exit 0' TERM; echo up > @DIR@/up; while :; do sleep 0.05; done"
            startsecs=0
            """)) {
      Path gate = directory.resolve("gate");
      Gate.make(gate);
      await().until(() -> java.nio.file.Files.exists(directory.resolve("up")));

      response(supervisor.engine().shutdown());
      assertThatThrownBy(() -> response(supervisor.engine().startAll(true)))
          .hasMessage("SHUTDOWN_STATE");

      Gate.open(gate);
    }
  }

  @Test
  void whoWaitsForAStartWhenSupervisordStopsGetsAnAnswer() {
    CompletableFuture<Void> start;
    try (RunningEngine supervisor =
        start("[program:sleep]\ncommand=/bin/sleep 1000\nautostart=false\nstartsecs=1000\n")) {
      start = supervisor.engine().startProcess("sleep", true).toCompletableFuture();
      supervisor.awaitState("sleep", ProcessState.STARTING);
    }
    assertThatThrownBy(() -> response(start)).hasMessage("ABNORMAL_TERMINATION: sleep");
  }

  private static List<String> changesTo(RunningEngine supervisor, ProcessState state) {
    return supervisor.events().stream()
        .filter(Event.ProcessStateChanged.class::isInstance)
        .map(Event.ProcessStateChanged.class::cast)
        .filter(e -> e.to() == state)
        .map(Event.ProcessStateChanged::process)
        .toList();
  }

  private RunningEngine start(String programs) {
    return RunningEngine.start(directory, programs);
  }
}
