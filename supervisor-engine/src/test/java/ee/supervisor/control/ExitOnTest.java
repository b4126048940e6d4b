package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.SupervisorState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** supervisord that ends with a program, with real children. */
class ExitOnTest {
  private static final String OTHER =
      """
      [program:other]
      command=/bin/sleep 1000
      startsecs=0
      """;

  @TempDir private Path directory;

  private RunningEngine start(String rules, String programs) {
    // what stands first belongs to [supervisord]
    return RunningEngine.start(directory, "exit_on=" + rules + "\n" + programs);
  }

  private void endsWith(int code, String rules, String programs) {
    RunningEngine supervisor = start(rules, programs);
    try (supervisor) {
      supervisor.awaitStopped();
      assertThat(supervisor.engine().exitCode()).hasValue(code);
      assertThat(supervisor.engine().state()).isEqualTo(SupervisorState.SHUTDOWN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exit 3, 3",
    "exit 0, 0",
    "kill -9 $$, 137",
    "sleep 0.3; exit 4, 4",
  })
  void itEndsWithTheExitCodeOfAProgramThatEnds(String script, int code) {
    endsWith(
        code,
        "x:exited",
        OTHER + "[program:x]\ncommand=/bin/sh -c '" + script + "'\nautorestart=true\n");
  }

  @ParameterizedTest
  @CsvSource({"exit 5, 5", "exit 0, 1"})
  void itEndsWithAProgramThatIsFatal(String script, int code) {
    endsWith(
        code,
        "x:fatal",
        OTHER + "[program:x]\ncommand=/bin/sh -c '" + script + "'\nstartretries=0\n");
  }

  @Test
  void whatCouldNotBeStartedAtAllIsNoSuccess() {
    endsWith(1, "any:fatal", OTHER + "[program:x]\ncommand=/no/such/file\nstartretries=0\n");
  }

  @Test
  void itEndsWithTheLastOfAll() {
    endsWith(
        6,
        "all:exited",
        """
        [program:first]
        command=/bin/sh -c 'exit 2'
        startsecs=0
        autorestart=false
        [program:last]
        command=/bin/sh -c 'sleep 0.5; exit 6'
        startsecs=0
        autorestart=false
        [program:never]
        command=/bin/cat
        autostart=false
        """);
  }

  @Test
  void theEndOfAnotherIsNone() {
    try (RunningEngine supervisor =
        start("other:exited", OTHER + "[program:x]\ncommand=/bin/true\nstartsecs=0\n")) {
      supervisor.awaitState("x", ProcessState.EXITED);
      assertThat(supervisor.engine().state()).isEqualTo(SupervisorState.RUNNING);
      assertThat(supervisor.engine().exitCode()).isEmpty();
    }
  }

  @Test
  void anOperatorsStopAndShutdownAreNone() {
    RunningEngine supervisor = start("any:exited,all:exited,any:fatal", OTHER);
    try (supervisor) {
      supervisor.awaitState("other", ProcessState.RUNNING);
      response(supervisor.engine().stopProcess("other", true));
      response(supervisor.engine().startProcess("other", true));
      response(supervisor.engine().shutdown());
      supervisor.awaitStopped();
      assertThat(supervisor.engine().exitCode()).isEmpty();
    }
  }

  @Test
  void theRestIsStoppedInOrder() {
    RunningEngine supervisor =
        start(
            "x:exited",
            """
            [program:db]
            command=/bin/sleep 1000
            startsecs=0
            [program:web]
            command=/bin/sleep 1000
            startsecs=0
            depends_on=db
            [program:x]
            command=/bin/sh -c 'sleep 0.3'
            startsecs=0
            depends_on=web
            """);
    try (supervisor) {
      supervisor.awaitStopped();
    }
    assertThat(supervisor.events())
        .filteredOn(Event.ProcessStateChanged.class::isInstance)
        .extracting(Event::summary)
        .containsSubsequence("web:web STOPPING -> STOPPED", "db:db RUNNING -> STOPPING");
  }
}
