package ee.supervisor.metrics;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.listener.ListenerPoolInfo;
import ee.supervisor.listener.ListenerState;
import ee.supervisor.process.GroupInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures of all event listener pools, and of others who may miss events. */
final class ListenerMetrics implements MetricsSource {
  private final List<GroupInfo> groups;
  private final Map<String, Long> dropped;

  /**
   * @param dropped number of events missed, by who has missed them
   */
  ListenerMetrics(List<GroupInfo> groups, Map<String, Long> dropped) {
    this.groups = groups;
    this.dropped = dropped;
  }

  @Override
  public List<MetricFamily> collect() {
    MetricFamily.Builder states =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "supervisor_event_listener_state",
            "1 for where the event listener stands in its protocol; only while it runs.");
    MetricFamily.Builder buffered =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "supervisor_events_buffered",
            "Events that wait for a listener of the pool.");
    MetricFamily.Builder capacity =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "supervisor_events_buffer_size",
            "Events that the pool's buffer can hold.");
    MetricFamily.Builder discarded =
        new MetricFamily.Builder(
            MetricFamily.Type.COUNTER,
            "supervisor_events_discarded",
            "Events that the pool has lost because its buffer was full.");
    for (GroupInfo group : groups) {
      if (group.config() instanceof GroupConfig.EventListeners config && group.pool().isPresent()) {
        ListenerPoolInfo pool = group.pool().get();
        Map<String, String> labels = Map.of("pool", group.name());
        buffered.add(labels, pool.buffered());
        capacity.add(labels, config.bufferSize());
        discarded.add(labels, pool.discarded());
        new TreeMap<>(pool.listeners())
            .forEach((name, state) -> addState(states, group.name(), name, state));
      }
    }
    MetricFamily.Builder missed =
        new MetricFamily.Builder(
            MetricFamily.Type.COUNTER,
            "supervisor_events_dropped",
            "Events that an audience inside supervisord has missed because it was too slow.");
    new TreeMap<>(dropped)
        .forEach((audience, count) -> missed.add(Map.of("audience", audience), count));
    return List.of(
        states.build(), buffered.build(), capacity.build(), discarded.build(), missed.build());
  }

  private static void addState(
      MetricFamily.Builder family, String pool, String name, ListenerState is) {
    for (ListenerState state : ListenerState.values()) {
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put("pool", pool);
      labels.put("name", name);
      labels.put("state", state.name().toLowerCase(Locale.ROOT));
      family.add(labels, state == is ? 1 : 0);
    }
  }
}
