package ee.supervisor.control;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ConfigUpdateTest {
  private static final ConfigChanges CHANGES =
      new ConfigChanges(List.of("new"), List.of("changed"), List.of("old"));

  private final List<String> commands = new ArrayList<>();
  private CompletionStage<List<ProcessResult>> stopped = completedStage(List.of());

  @Test
  void whatIsRemovedGoesBeforeWhatChangedIsReplacedAndWhatIsNewComes() {
    RunningEngine.response(update().follow(CHANGES));

    assertThat(commands)
        .containsExactly(
            "stop old", "remove old", "stop changed", "remove changed", "add changed", "add new");
  }

  @Test
  void nothingIsRemovedOrAddedBeforeTheProcessesHaveStopped() {
    CompletableFuture<List<ProcessResult>> stopping = new CompletableFuture<>();
    stopped = stopping;

    CompletionStage<Void> done = update().follow(CHANGES);
    assertThat(commands).containsExactly("stop old");

    stopping.complete(List.of());
    RunningEngine.response(done);
    assertThat(commands).endsWith("add new");
  }

  @Test
  void aProcessThatCannotBeStoppedIsReportedAndNothingTakesItsPlace() {
    stopped =
        completedStage(
            List.of(
                new ProcessResult("old", "a", Fault.SUCCESS, "OK"),
                new ProcessResult("old", "b", Fault.FAILED, "FAILED: not permitted")));

    assertThatThrownBy(() -> RunningEngine.response(update().follow(CHANGES)))
        .isInstanceOf(SupervisorException.class)
        .hasMessage("FAILED: old has problems, not removed: old:b: FAILED: not permitted");
    assertThat(commands).containsExactly("stop old");
  }

  @Test
  void aProcessThatHasEndedByItselfMeanwhileIsStopped() {
    stopped = completedStage(List.of(new ProcessResult("old", "a", Fault.NOT_RUNNING, "")));

    RunningEngine.response(update().follow(CHANGES));

    assertThat(commands).contains("remove old").endsWith("add new");
  }

  private ConfigUpdate update() {
    return new ConfigUpdate(
        group -> {
          commands.add("stop " + group);
          return stopped;
        },
        group -> recorded("remove " + group),
        group -> recorded("add " + group));
  }

  private CompletionStage<Void> recorded(String command) {
    commands.add(command);
    return completedStage(null);
  }
}
