package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.protocol.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes several commands and every door offers as one, with real children. */
class RestartAndUpdateTest {
  private static final String SLEEPERS =
      """
      [group:web]
      programs=a,b
      [program:a]
      command=/bin/sleep 1000
      startsecs=0
      [program:b]
      command=/bin/sleep 1000
      startsecs=0
      autostart=false
      [program:broken]
      command=/no/such/program
      autostart=false
      """;

  @TempDir private Path directory;

  @Test
  void aProcessThatRunsIsStoppedAndStarted() {
    try (RunningEngine supervisor = start(SLEEPERS)) {
      int before = supervisor.awaitState("web:a", ProcessState.RUNNING).pid();

      response(supervisor.engine().restartProcess("web:a"));

      assertThat(supervisor.info("web:a").state()).isEqualTo(ProcessState.RUNNING);
      assertThat(supervisor.info("web:a").pid()).isNotEqualTo(before);
    }
  }

  @Test
  void aProcessThatDoesNotRunIsJustStarted() {
    try (RunningEngine supervisor = start(SLEEPERS)) {
      response(supervisor.engine().restartProcess("web:b"));

      assertThat(supervisor.info("web:b").state()).isEqualTo(ProcessState.RUNNING);
    }
  }

  /** Each time the second finds the first at another place of its way. */
  @RepeatedTest(10)
  void twoRestartsAtOnceBothSucceed() {
    try (RunningEngine supervisor = start(SLEEPERS)) {
      int before = supervisor.awaitState("web:a", ProcessState.RUNNING).pid();

      CompletionStage<Void> first = supervisor.engine().restartProcess("web:a");
      CompletionStage<Void> second = supervisor.engine().restartProcess("web:a");
      response(first);
      response(second);

      assertThat(supervisor.info("web:a").state()).isEqualTo(ProcessState.RUNNING);
      assertThat(supervisor.info("web:a").pid()).isNotEqualTo(before);
    }
  }

  @Test
  void aRestartThatIsRefusedSaysWhy() {
    try (RunningEngine supervisor = start(SLEEPERS)) {
      assertThatThrownBy(() -> response(supervisor.engine().restartProcess("web:c")))
          .hasMessage("BAD_NAME: web:c");
      assertThatThrownBy(() -> response(supervisor.engine().restartGroup("nobody")))
          .hasMessage("BAD_NAME: nobody");
      assertThatThrownBy(() -> response(supervisor.engine().restartProcess("broken")))
          .hasMessageStartingWith("NO_FILE: ");
    }
  }

  @Test
  void aRestartOfAGroupStartsAllOfItAndLeavesOthersAlone() {
    try (RunningEngine supervisor = start(SLEEPERS)) {
      int before = supervisor.awaitState("web:a", ProcessState.RUNNING).pid();

      assertThat(response(supervisor.engine().restartGroup("web")))
          .containsExactlyInAnyOrder(
              new ProcessResult("web", "a", Fault.SUCCESS, "OK"),
              new ProcessResult("web", "b", Fault.SUCCESS, "OK"));
      assertThat(supervisor.info("web:a").pid()).isNotEqualTo(before);
      assertThat(supervisor.info("broken").state()).isEqualTo(ProcessState.STOPPED);
    }
  }

  @Test
  void aRestartOfAllTellsWhichOfThemFailed() {
    try (RunningEngine supervisor = start(SLEEPERS)) {
      supervisor.awaitState("web:a", ProcessState.RUNNING);

      assertThat(response(supervisor.engine().restartAll()))
          .extracting(ProcessResult::name, ProcessResult::fault)
          .containsExactlyInAnyOrder(
              tuple("a", Fault.SUCCESS), tuple("b", Fault.SUCCESS), tuple("broken", Fault.NO_FILE));
    }
  }

  /** As one that holds the port that the other is to have. */
  @Test
  void aRenamedProgramStartsOnceTheOneOfTheOldNameHasStopped() {
    try (RunningEngine supervisor =
        start(
            """
            [program:old]
            command=/bin/sh -c "trap 'read x < @DIR@/gate; exit 0' TERM; echo up > @DIR@/up; while :; do sleep 0.05; done"
            startsecs=0
            """)) {
      Path gate = directory.resolve("gate");
      Gate.make(gate);
      await().until(() -> Files.exists(directory.resolve("up")));
      supervisor.configure("[program:renamed]\ncommand=/bin/sleep 1000\nstartsecs=0\n");

      CompletableFuture<ConfigChanges> update = supervisor.engine().update().toCompletableFuture();
      supervisor.awaitState("old", ProcessState.STOPPING);
      assertThat(supervisor.engine().pendingChanges())
          .isEqualTo(new ConfigChanges(List.of("renamed"), List.of(), List.of("old")));
      assertThat(supervisor.engine().groups()).extracting(GroupInfo::name).containsExactly("old");
      Gate.open(gate);

      assertThat(response(update))
          .isEqualTo(new ConfigChanges(List.of("renamed"), List.of(), List.of("old")));
      supervisor.awaitState("renamed", ProcessState.RUNNING);
      assertThat(supervisor.events().stream().map(Event::summary))
          .containsSubsequence(
              "old:old STOPPING -> STOPPED",
              "group old removed",
              "group renamed added",
              "renamed:renamed STOPPED -> STARTING");
      assertThat(supervisor.engine().pendingChanges())
          .isEqualTo(new ConfigChanges(List.of(), List.of(), List.of()));
    }
  }

  @Test
  void anUpdateToAConfigurationThatIsWrongChangesNothing() {
    try (RunningEngine supervisor = start(SLEEPERS)) {
      supervisor.configure("[program:a]\ncommand=/bin/sleep 1000\npriority=high\n");

      assertThatThrownBy(() -> response(supervisor.engine().update()))
          .hasMessageStartingWith("CANT_REREAD: ");
      assertThat(supervisor.engine().groups())
          .extracting(GroupInfo::name)
          .containsExactlyInAnyOrder("web", "broken");
    }
  }

  private RunningEngine start(String programs) {
    return RunningEngine.start(directory, programs);
  }
}
