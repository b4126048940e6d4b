package ee.supervisor.metrics;

import static ee.supervisor.metrics.MetricFamily.gauge;

import ee.supervisor.control.Measurements;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.Version;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.http.FrontCounts;
import ee.supervisor.process.ReactionTimes;
import ee.supervisor.process.UsageSampler;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** All figures: of the supervisor, its processes, its event listeners, and its own process. */
public final class SupervisorMetrics implements MetricsSource {
  /** A loop that takes longer is shown as having taken this long. */
  private static final Duration LONGEST_LATENCY = Duration.ofSeconds(5);

  private final Supervisor supervisor;
  private final UsageSampler usage;
  private final Duration loopLatency;

  /**
   * @param loopLatency how long the control loop took to respond just now
   */
  SupervisorMetrics(Supervisor supervisor, UsageSampler usage, Duration loopLatency) {
    this.supervisor = supervisor;
    this.usage = usage;
    this.loopLatency = loopLatency;
  }

  /**
   * Asks the control loop for a sign of life, and completes with what there is to collect then: at
   * the latest when the loop has taken as long as is shown at most.
   *
   * @param usage what is known of the use of processors and memory
   */
  public static CompletionStage<SupervisorMetrics> measure(
      Supervisor supervisor, UsageSampler usage) {
    long asked = System.nanoTime();
    return supervisor
        .ping()
        .thenApply(pong -> Duration.ofNanos(System.nanoTime() - asked))
        .toCompletableFuture()
        .completeOnTimeout(LONGEST_LATENCY, LONGEST_LATENCY.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionally(refused -> LONGEST_LATENCY)
        .thenApply(latency -> new SupervisorMetrics(supervisor, usage, latency));
  }

  @Override
  public List<MetricFamily> collect() {
    Measurements measurements = supervisor.measurements();
    Stream<MetricsSource> sources =
        Stream.<MetricsSource>of(
            () -> supervisor(measurements),
            new ProcessMetrics(measurements.processes(), usage, Instant.now()),
            new ListenerMetrics(supervisor.groups(), measurements.droppedEvents()),
            new FrontMetrics(FrontCounts.current()),
            new OwnMetrics(usage.usage(supervisor.pid())));
    return sources.map(MetricsSource::collect).flatMap(List::stream).toList();
  }

  private List<MetricFamily> supervisor(Measurements measurements) {
    return List.of(
        build(),
        gauge(
            "supervisor_running",
            "Whether supervisord runs: 0 while it stops or restarts.",
            supervisor.state() == SupervisorState.RUNNING ? 1 : 0),
        gauge(
            "supervisor_start_time_seconds",
            "When supervisord started, since the epoch.",
            measurements.started().toEpochMilli() / 1000.0),
        gauge(
            "supervisor_loop_latency_seconds",
            "How long the control loop took to respond when this was read.",
            seconds(loopLatency)),
        reactions(measurements.reactionTimes()));
  }

  private static MetricFamily build() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("supervisor_version", Version.SUPERVISOR);
    labels.put("api_version", Version.RPC_API);
    labels.put("java_version", Runtime.version().toString());
    return new MetricFamily.Builder(
            MetricFamily.Type.INFO, "supervisor_build", "What runs here: always 1.")
        .add(labels, 1)
        .build();
  }

  private static MetricFamily reactions(ReactionTimes.Histogram measured) {
    MetricFamily.Builder family =
        new MetricFamily.Builder(
            MetricFamily.Type.HISTOGRAM,
            "supervisor_reaction_seconds",
            "Time from a child's exit that is known to its successor, if restarted at once.");
    long below = 0;
    for (int i = 0; i < measured.bounds().size(); i++) {
      below += measured.counts().get(i);
      family.add("_bucket", Map.of("le", bound(measured.bounds().get(i))), (double) below);
    }
    long all = below + measured.counts().get(measured.bounds().size());
    family.add("_bucket", Map.of("le", "+Inf"), (double) all);
    family.add("_count", Map.of(), (double) all);
    family.add("_sum", Map.of(), seconds(measured.sum()));
    return family.build();
  }

  /** A bound as OpenMetrics wants it: {@code 0.005}, {@code 1.0}. */
  private static String bound(Duration bound) {
    BigDecimal seconds = BigDecimal.valueOf(bound.toNanos(), 9).stripTrailingZeros();
    return seconds.setScale(Math.max(1, seconds.scale())).toPlainString();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
