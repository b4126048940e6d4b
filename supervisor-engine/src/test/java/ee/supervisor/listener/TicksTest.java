package ee.supervisor.listener;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.event.Event;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static final Instant ON_THE_HOUR = Instant.ofEpochSecond(1699999200L);

  @Test
  void nothingIsDueWithinTheSliceOfTheStart() {
    Ticks ticks = new Ticks(ON_THE_HOUR.plusMillis(1));

    assertThat(ticks.due(ON_THE_HOUR.plusMillis(4999))).isEmpty();
  }

  @Test
  void aTickCarriesTheStartOfItsSliceNotTheMomentItIsNoticed() {
    Ticks ticks = new Ticks(ON_THE_HOUR);

    assertThat(ticks.due(ON_THE_HOUR.plusMillis(7300)))
        .containsExactly(new Event.Tick(5, 1699999205L));
  }

  @Test
  void theMinuteAndTheHourBringLongerTicksAfterTheShort() {
    Ticks ticks = new Ticks(ON_THE_HOUR.minusMillis(1));

    assertThat(ticks.due(ON_THE_HOUR))
        .containsExactly(
            new Event.Tick(5, 1699999200L),
            new Event.Tick(60, 1699999200L),
            new Event.Tick(3600, 1699999200L));
  }

  @Test
  void slicesSleptThroughAreNotMadeUpFor() {
    Ticks ticks = new Ticks(ON_THE_HOUR);

    assertThat(ticks.due(ON_THE_HOUR.plusSeconds(59)))
        .containsExactly(new Event.Tick(5, 1699999255L));
  }

  @Test
  void aClockSetBackTicksAsWell() {
    Ticks ticks = new Ticks(ON_THE_HOUR.plusSeconds(10));

    assertThat(ticks.due(ON_THE_HOUR)).containsExactly(new Event.Tick(5, 1699999200L));
  }

  @Test
  void theNextTickIsAtMostFiveSecondsAway() {
    assertThat(Ticks.untilNext(ON_THE_HOUR)).isEqualTo(Duration.ofSeconds(5));
    assertThat(Ticks.untilNext(ON_THE_HOUR.plusNanos(1)))
        .isEqualTo(Duration.ofSeconds(5).minusNanos(1));
    assertThat(Ticks.untilNext(ON_THE_HOUR.minusNanos(1))).isEqualTo(Duration.ofNanos(1));
  }
}
