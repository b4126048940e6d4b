package ee.supervisor.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.listener.ListenerPoolInfo;
import ee.supervisor.listener.ListenerState;
import ee.supervisor.process.GroupInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenerMetricsTest {
  private static final GroupConfig MAIL =
      new GroupConfig.EventListeners("mail", -1, List.of(), 10, List.of("EVENT"), "");

  private static String text(Optional<ListenerPoolInfo> pool, Map<String, Long> dropped) {
    GroupInfo group = new GroupInfo(MAIL, List.of(), pool);
    return Exposition.PROMETHEUS.write(new ListenerMetrics(List.of(group), dropped).collect());
  }

  @Test
  void aPoolTellsWhatWaitsAndWhatItLost() {
    ListenerPoolInfo pool = new ListenerPoolInfo(4, 2, Map.of("mail_0", ListenerState.BUSY));

    assertThat(text(Optional.of(pool), Map.of()).lines())
        .contains(
            "supervisor_events_buffered{pool=\"mail\"} 4",
            "supervisor_events_buffer_size{pool=\"mail\"} 10",
            "supervisor_events_discarded_total{pool=\"mail\"} 2",
            "supervisor_event_listener_state{pool=\"mail\",name=\"mail_0\",state=\"busy\"} 1",
            "supervisor_event_listener_state{pool=\"mail\",name=\"mail_0\",state=\"ready\"} 0");
  }

  @Test
  void whoMissedEventsIsNamed() {
    assertThat(text(Optional.empty(), Map.of("jmx", 3L)).lines())
        .contains("supervisor_events_dropped_total{audience=\"jmx\"} 3");
  }
}
