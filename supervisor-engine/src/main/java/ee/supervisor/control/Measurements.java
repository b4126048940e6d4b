package ee.supervisor.control;

import ee.supervisor.process.ProcessMeasurements;
import ee.supervisor.process.ProcessTable;
import ee.supervisor.process.ReactionTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What a supervisor has counted and timed since it started; for any thread, and never waits. */
public final class Measurements {
  private final Instant started;
  private final ReactionTimes reactionTimes;
  private final ProcessTable table;
  private final Map<String, LongSupplier> dropped = new ConcurrentSkipListMap<>();

  Measurements(Instant started, ReactionTimes reactionTimes, ProcessTable table) {
    this.started = started;
    this.reactionTimes = reactionTimes;
    this.table = table;
  }

  /** When supervisord started. */
  public Instant started() {
    return started;
  }

  /** How fast dead children were replaced, where nothing made supervisord wait with that. */
  public ReactionTimes.Histogram reactionTimes() {
    return reactionTimes.histogram();
  }

  /** Every process of the active groups, by group name, then process name. */
  public List<ProcessMeasurements> processes() {
    return table.processesByName().stream().map(ProcessMeasurements::of).toList();
  }

  /** Number of events that each audience has missed since it is there, by its name. */
  public Map<String, Long> droppedEvents() {
    return dropped.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().getAsLong()));
  }

  /**
   * Counts what an audience misses among the rest.
   *
   * @param audience who misses it, a word of lower case
   * @param count number of events it has missed so far; asked by any thread
   */
  public void countDropped(String audience, LongSupplier count) {
    dropped.put(audience, count);
  }
}
