package ee.supervisor.telemetry;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.OtlpConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.guard.Guard;
import ee.supervisor.metrics.MetricFamily;
import ee.supervisor.metrics.SupervisorMetrics;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UsageSampler;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The time in which one supervisord sends to one collector: hears events on the control loop, and
 * has a thread of its own for the rest.
 */
final class Session {
  /** A burst of this many events is kept while the collector is away. */
  static final int CAPACITY = 10_000;

  private final Supervisor supervisor;
  private final ActivityLog log;
  private final AtomicLong lost;
  private final Backlog backlog;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final UsageSampler usage = new UsageSampler();
  private final Guard guard;
  private final Thread thread;
  private final AutoCloseable subscription;

  /** Makes what a session sends by; may take time. */
  interface Opener {
    Export open(Consumer<String> warnings) throws IOException, ReflectiveOperationException;
  }

  private Session(
      Supervisor supervisor,
      OtlpConfig config,
      AtomicLong lost,
      Opener opener,
      CompletionStage<Void> started) {
    this.supervisor = supervisor;
    this.log = supervisor.log();
    this.lost = lost;
    this.backlog = new Backlog(CAPACITY, MemoryBudget.ofEngine(), lost);
    this.guard = new Guard(text -> log.log(LogLevel.ERRO, text));
    this.thread = new Thread(() -> run(config, opener, started), "supervisor-otlp");
    thread.setDaemon(true);
    this.subscription = supervisor.subscribe(this::happened);
  }

  /**
   * Starts one.
   *
   * @param lost counts events that never come to the collector
   * @param opener called on the session's thread once {@code started} has completed
   */
  static Session start(
      Supervisor supervisor,
      OtlpConfig config,
      AtomicLong lost,
      Opener opener,
      CompletionStage<Void> started) {
    Session session = new Session(supervisor, config, lost, opener, started);
    session.thread.start();
    return session;
  }

  /** On the control loop. What programs write is nobody's business here, nor is the time. */
  private void happened(Event event) {
    if (event instanceof Event.ProcessStateChanged change) {
      backlog.add(occurrence(change));
    } else if (event instanceof Event.SupervisorStateChanged
        || event instanceof Event.GroupAdded
        || event instanceof Event.GroupRemoved
        || event instanceof Event.DependencyFailed) {
      backlog.add(new Occurrence(Instant.now(), event, OptionalInt.empty(), ""));
    }
  }

  /** The snapshot is that of the moment of the event. */
  private Occurrence occurrence(Event.ProcessStateChanged change) {
    boolean isEnd = change.to() == ProcessState.EXITED || change.to() == ProcessState.STOPPED;
    boolean isBad = change.to() == ProcessState.BACKOFF || change.to() == ProcessState.FATAL;
    if (!isEnd && !isBad) {
      return new Occurrence(Instant.now(), change, OptionalInt.empty(), "");
    }
    ProcessInfo process = supervisor.process(Namespec.of(change.group(), change.process()));
    return new Occurrence(
        Instant.now(),
        change,
        isEnd ? OptionalInt.of(process.exitStatus()) : OptionalInt.empty(),
        process.spawnError());
  }

  private void run(OtlpConfig config, Opener opener, CompletionStage<Void> started) {
    try {
      started.toCompletableFuture().join();
      try (Export export = opener.open(log::warn)) {
        new Delivery(
                backlog,
                lost,
                this::metrics,
                supervisor.measurements().started(),
                new CollectorState(config.endpoint(), lost::get, log::log, System::nanoTime),
                guard,
                closing)
            .run(export);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the end does not wait longer
    } catch (Throwable thrown) {
      log.warn("otlp_endpoint %s: nothing is sent: %s".formatted(config.endpoint(), thrown));
    } finally {
      unsubscribe();
      backlog.close();
    }
  }

  private List<MetricFamily> metrics() {
    return SupervisorMetrics.measure(supervisor, usage).toCompletableFuture().join().collect();
  }

  private void unsubscribe() {
    try {
      subscription.close();
    } catch (Exception e) {
      guard.report("the collector's subscription", e);
    }
  }

  /** Has it send what it has, if the collector takes that at once, and end. */
  void close() {
    unsubscribe();
    closing.countDown();
    backlog.wake();
  }

  /** Waits for that; what takes longer is given up. */
  void await(Duration patience) {
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
