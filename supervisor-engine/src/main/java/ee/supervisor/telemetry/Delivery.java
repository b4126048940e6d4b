package ee.supervisor.telemetry;

import ee.supervisor.guard.Guard;
import ee.supervisor.metrics.MetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings metrics and events to a collector, on one thread that may wait for it: events soon after
 * they happened, metrics at their interval, and after a failure both once the collector is back.
 */
final class Delivery {
  private static final int BATCH = 512;

  /** How long events that come together are gathered. */
  private static final Duration GATHERING = Duration.ofMillis(200);

  private final Backlog backlog;
  private final AtomicLong lost;
  private final Callable<List<MetricFamily>> metrics;
  private final Instant since;
  private final CollectorState collector;
  private final Guard guard;
  private final CountDownLatch closing;
  private final List<Occurrence> batch = new ArrayList<>();
  private long metricsDue = System.nanoTime();

  /**
   * @param lost counts events that the collector refuses
   * @param metrics collects them; may wait a little
   * @param since when counters began
   * @param closing is open when the last is to be sent
   */
  Delivery(
      Backlog backlog,
      AtomicLong lost,
      Callable<List<MetricFamily>> metrics,
      Instant since,
      CollectorState collector,
      Guard guard,
      CountDownLatch closing) {
    this.backlog = backlog;
    this.lost = lost;
    this.metrics = metrics;
    this.since = since;
    this.collector = collector;
    this.guard = guard;
    this.closing = closing;
  }

  /** Works until it is to close; what is there then is sent if the collector takes it at once. */
  void run(Export export) throws InterruptedException {
    try {
      boolean last;
      do {
        last = awaitWork();
        if (last && collector.isFailing()) {
          return;
        }
        if (last) {
          metricsDue = System.nanoTime();
        }
        deliver(export);
      } while (!last);
    } finally {
      lost.addAndGet(batch.size());
    }
  }

  /** Returns true when it is to close. */
  private boolean awaitWork() throws InterruptedException {
    if (collector.isFailing()) {
      return closing.await(collector.pause().toNanos(), TimeUnit.NANOSECONDS);
    }
    while (closing.getCount() > 0 && batch.isEmpty() && untilMetrics() > 0) {
      backlog.awaitFirst(batch, Duration.ofNanos(untilMetrics()));
    }
    return batch.isEmpty()
        ? closing.getCount() == 0
        : closing.await(GATHERING.toNanos(), TimeUnit.NANOSECONDS);
  }

  private long untilMetrics() {
    return metricsDue - System.nanoTime();
  }

  private void deliver(Export export) {
    boolean taken = untilMetrics() > 0 || deliverMetrics(export);
    while (taken) {
      backlog.fill(batch, BATCH);
      if (batch.isEmpty()) {
        return;
      }
      Outcome outcome = attempt("events", () -> export.sendEvents(List.copyOf(batch)));
      taken = outcome != Outcome.KEPT;
      if (outcome == Outcome.REFUSED) {
        lost.addAndGet(batch.size());
      }
      if (taken) {
        batch.clear();
      }
    }
  }

  private boolean deliverMetrics(Export export) {
    List<MetricFamily> collected;
    try {
      collected = metrics.call();
    } catch (Throwable thrown) {
      guard.report("metrics for the collector", thrown);
      metricsDue = System.nanoTime() + export.interval().toNanos();
      return true;
    }
    Outcome outcome = attempt("metrics", () -> export.sendMetrics(collected, since));
    if (outcome == Outcome.KEPT) {
      return false;
    }
    metricsDue = System.nanoTime() + export.interval().toNanos();
    return true;
  }

  private enum Outcome {
    TAKEN,
    /** The collector will not have it. */
    REFUSED,
    /** To be tried again. */
    KEPT
  }

  private Outcome attempt(String what, Sending sending) {
    try {
      sending.send();
      collector.took(what);
      return Outcome.TAKEN;
    } catch (ExportException e) {
      if (e.isFinal()) {
        collector.refused(what, e.getMessage());
        return Outcome.REFUSED;
      }
      collector.failed(e.getMessage());
    } catch (RuntimeException | Error e) {
      collector.failed("cannot be sent to: " + e);
    }
    return Outcome.KEPT;
  }

  private interface Sending {
    void send() throws ExportException;
  }
}
