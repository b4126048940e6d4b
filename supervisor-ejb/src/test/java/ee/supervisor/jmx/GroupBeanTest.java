package ee.supervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.event.ProcessState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bean of a group, and how long its operations wait. */
class GroupBeanTest {
  private static final ObjectName WEB = BeanNames.group("web");

  @TempDir private Path directory;
  private ShownEngine shown;

  @BeforeEach
  void start() throws Exception {
    shown =
        new ShownEngine(
            directory,
            """
            [group:web]
            programs=b,a
            priority=7
            [program:a]
            command=/bin/sleep 1000
            startsecs=0
            [program:b]
            command=/bin/sleep 1000
            startsecs=0
            autostart=false
            """);
    shown.running().awaitState("web:a", ProcessState.RUNNING);
  }

  @AfterEach
  void stop() {
    shown.close();
  }

  @Test
  void aGroupTellsItsProcessesAndTheirStates() throws Exception {
    assertThat(shown.server().getAttribute(WEB, "Kind")).isEqualTo("PROGRAM");
    assertThat(shown.server().getAttribute(WEB, "Priority")).isEqualTo(7L);
    assertThat((String[]) shown.server().getAttribute(WEB, "ProcessNames"))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(shown.server().getAttribute(WEB, "StateCounts").toString())
        .contains("RUNNING", "STOPPED");
  }

  @Test
  void aGroupIsCommandedAsOneAndTellsHowItWentForEach() throws Exception {
    assertThat(outcomes("start")).containsExactly("b SUCCESS 80 OK");
    assertThat(outcomes("signal", "CONT"))
        .containsExactlyInAnyOrder("a SUCCESS 80 OK", "b SUCCESS 80 OK");
    assertThat(outcomes("restart")).containsExactlyInAnyOrder("a SUCCESS 80 OK", "b SUCCESS 80 OK");
    assertThat(outcomes("stop")).containsExactlyInAnyOrder("a SUCCESS 80 OK", "b SUCCESS 80 OK");
  }

  @Test
  void anOperationThatIsNotDoneInTimeSaysThatItGoesOn() {
    assertThatThrownBy(() -> BoundedWait.response(CompletableFuture::new, Duration.ofMillis(1)))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("FAILED: not done after 0 s; it goes on");
  }

  private String[] outcomes(String operation, String... arguments) throws Exception {
    return Arrays.stream((CompositeData[]) shown.invoke(WEB, operation, arguments))
        .map(
            o ->
                "%s %s %s %s"
                    .formatted(o.get("name"), o.get("fault"), o.get("code"), o.get("description")))
        .toArray(String[]::new);
  }
}
