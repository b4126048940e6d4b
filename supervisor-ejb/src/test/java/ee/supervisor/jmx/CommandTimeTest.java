package ee.supervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long JMX waits for processes that need others. */
class CommandTimeTest {
  private static final String PROGRAMS =
      """
      [program:web]
      command=/bin/sleep 1000
      startsecs=5
      stopwaitsecs=7
      autostart=false
      depends_on=cache
      [program:cache]
      command=/bin/sleep 1000
      startsecs=20
      stopwaitsecs=2
      autostart=false
      depends_on=db
      [program:db]
      command=/bin/sh -c 'test -e @DIR@/go && exec sleep 1000'
      startsecs=100
      startretries=1000
      autostart=false
      [program:alone]
      command=/bin/sleep 1000
      startsecs=3
      autostart=false
      """;

  @TempDir private Path directory;
  private ShownEngine shown;

  @BeforeEach
  void start() throws Exception {
    shown = new ShownEngine(directory, PROGRAMS);
    await().until(() -> !shown.running().engine().dependencies().isEmpty());
  }

  @AfterEach
  void stop() {
    shown.close();
  }

  private CommandTime time() {
    return CommandTime.of(shown.running().engine());
  }

  private List<ProcessInfo> of(String... names) {
    return List.of(names).stream().map(shown.running()::info).toList();
  }

  private static Duration beyondMargin(long seconds) {
    return BoundedWait.MARGIN.plusSeconds(seconds);
  }

  @Test
  void aStartHasTheTimeOfAllThatComesBefore() {
    assertThat(time().toStart(of("alone"))).isEqualTo(beyondMargin(3));
    assertThat(time().toStart(of("db"))).isEqualTo(beyondMargin(100));
    assertThat(time().toStart(of("cache"))).isGreaterThanOrEqualTo(beyondMargin(100 + 20));
    assertThat(time().toStart(of("web"))).isGreaterThanOrEqualTo(beyondMargin(100 + 20 + 5));
  }

  @Test
  void aStopHasTheTimeOfAllThatIsStoppedBefore() {
    assertThat(time().toStop(of("db"))).isEqualTo(beyondMargin(10));
    assertThat(time().toStopWithDependents(of("db")))
        .isGreaterThanOrEqualTo(beyondMargin(10 + 2 + 7));
    assertThat(time().toStop(of("web", "cache"))).isGreaterThanOrEqualTo(beyondMargin(7 + 2));
  }

  @Test
  void whoGivesUpLearnsWhatIsWaitedFor() throws Exception {
    shown.running().engine().startProcess("web", false);
    await().until(() -> !shown.running().info("web").waitsFor().isEmpty());
    CommandTime time = time();

    assertThatThrownBy(
            () ->
                BoundedWait.response(
                    CompletableFuture::new, Duration.ofMillis(1), () -> time.waits(of("web"))))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("FAILED: not done after 0 s, web waits for cache to be running; it goes on");
    Files.createFile(directory.resolve("go"));
    shown.running().awaitState("db", ProcessState.STARTING);
  }
}
