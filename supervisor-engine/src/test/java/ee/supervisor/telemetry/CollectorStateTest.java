package ee.supervisor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectorStateTest {
  private final List<String> lines = new ArrayList<>();
  private long nanos;
  private long lost;
  private final CollectorState state =
      new CollectorState(
          "http://c", () -> lost, (level, text) -> lines.add(text.get()), () -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void anOutageIsTwoLinesHoweverLongItLasts() {
    for (int i = 0; i < 1000; i++) {
      state.failed("cannot be reached");
      pass(state.pause());
    }
    lost = 7;
    state.took("events");
    state.took("metrics");

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("otlp_endpoint http://c cannot be reached");
    assertThat(lines.get(1)).endsWith("7 events were lost");
  }

  @Test
  void pausesGrowToHalfAMinute() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      state.failed("x");
      pauses.add(state.pause().toSeconds());
      pass(state.pause());
    }

    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    state.took("events");
    assertThat(state.isFailing()).isFalse();
    assertThat(state.pause()).isZero();
  }

  @Test
  void oneThatComesAndGoesIsReportedOnceAMinute() {
    for (int i = 0; i < 60; i++) {
      state.failed("x");
      pass(Duration.ofSeconds(1));
      state.took("events");
      state.refused("metrics", "y");
      pass(Duration.ofSeconds(1));
    }

    assertThat(lines).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void whatIsRefusedIsNamedOnceUntilItIsTaken() {
    state.refused("events", "responds with status 404");
    state.took("metrics");
    state.refused("events", "responds with status 404");
    state.took("events");

    assertThat(lines)
        .containsExactly(
            "otlp_endpoint http://c responds with status 404: events are lost",
            "otlp_endpoint http://c takes events again");
  }
}
