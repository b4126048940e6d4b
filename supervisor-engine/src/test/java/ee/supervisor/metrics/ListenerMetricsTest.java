package ee.supervisor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.listener.ListenerPoolInfo;
import ee.supervisor.listener.ListenerState;
import ee.supervisor.process.GroupInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ListenerMetricsTest {
  private static final GroupConfig MAIL =
      new GroupConfig.EventListeners("mail", -1, List.of(), 10, List.of("EVENT"), "");

  private static List<String> figures(Optional<ListenerPoolInfo> pool, Map<String, Long> dropped) {
    GroupInfo group = new GroupInfo(MAIL, List.of(), pool);
    return new ListenerMetrics(List.of(group), dropped)
        .collect().stream()
            .flatMap(
                family ->
                    family.samples().stream()
                        .map(
                            sample ->
                                "%s%s%s %.0f"
                                    .formatted(
                                        family.name(),
                                        sample.suffix(),
                                        new TreeMap<>(sample.labels()),
                                        sample.value())))
            .toList();
  }

  @Test
  void aPoolTellsWhatWaitsAndWhatItLost() {
    ListenerPoolInfo pool = new ListenerPoolInfo(4, 2, Map.of("mail_0", ListenerState.BUSY));

    assertThat(figures(Optional.of(pool), Map.of()))
        .contains(
            "supervisor_events_buffered{pool=mail} 4",
            "supervisor_events_buffer_size{pool=mail} 10",
            "supervisor_events_discarded_total{pool=mail} 2",
            "supervisor_event_listener_state{name=mail_0, pool=mail, state=busy} 1",
            "supervisor_event_listener_state{name=mail_0, pool=mail, state=ready} 0");
  }

  @Test
  void whoMissedEventsIsNamed() {
    assertThat(figures(Optional.empty(), Map.of("jmx", 3L)))
        .contains("supervisor_events_dropped_total{audience=jmx} 3");
  }
}
