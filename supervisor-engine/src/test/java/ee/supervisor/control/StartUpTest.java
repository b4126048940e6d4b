package ee.supervisor.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.Dependency.Condition;
import ee.supervisor.control.StartUp.Critical;
import ee.supervisor.control.StartUp.Program;
import ee.supervisor.process.DependencyLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start-up was due to. */
class StartUpTest {

  private static Optional<Duration> at(int seconds) {
    return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static Program program(String name, int started, int ready, int ended) {
    return new Program(name, at(started), at(ready), at(ready), at(ended));
  }

  private static Critical step(String name, int from, int to) {
    return new Critical(name, Duration.ofSeconds(from), Duration.ofSeconds(to));
  }

  @Test
  void theLongestWayGoesBackFromTheLastByWhatItWaitedForLongest() {
    StartUp startUp =
        new StartUp(
            true,
            Duration.ofSeconds(9),
            List.of(
                program("cache", 0, 1, -1),
                program("db", 0, 3, -1),
                program("migrate", 3, 3, 5),
                program("app", 5, 8, -1),
                program("web", 8, 9, -1),
                program("other", 0, 2, -1)));
    List<DependencyLink> links =
        List.of(
            new DependencyLink("migrate", "db", Condition.READY),
            new DependencyLink("app", "migrate", Condition.COMPLETED),
            new DependencyLink("app", "cache", Condition.READY),
            new DependencyLink("web", "app", Condition.READY));

    assertThat(startUp.critical(links))
        .containsExactly(
            step("db", 0, 3), step("migrate", 3, 5), step("app", 5, 8), step("web", 8, 9));
  }

  @Test
  void whatHasNotBeenStartedIsOnNoWay() {
    StartUp startUp =
        new StartUp(
            false,
            Duration.ofSeconds(9),
            List.of(program("db", 0, -1, -1), program("app", -1, -1, -1)));
    assertThat(startUp.critical(List.of(new DependencyLink("app", "db", Condition.READY))))
        .isEmpty();
  }

  @Test
  void itIsMeasuredFromRealPrograms(@TempDir Path directory) {
    String programs =
        """
        [program:db]
        command = /bin/sleep 600
        startsecs = 1
        [program:app]
        command = /bin/sleep 600
        startsecs = 0
        depends_on = db
        [program:manual]
        command = /bin/sleep 600
        autostart = false
        """;
    try (RunningEngine engine = RunningEngine.start(directory, programs)) {
      await().until(() -> engine.engine().startUp().over());
      StartUp startUp = engine.engine().startUp();
      assertThat(startUp.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
      assertThat(startUp.programs()).extracting(Program::process).containsExactly("app", "db");
      assertThat(startUp.critical(engine.engine().dependencies()))
          .extracting(Critical::process)
          .containsExactly("db", "app");
    }
  }
}
