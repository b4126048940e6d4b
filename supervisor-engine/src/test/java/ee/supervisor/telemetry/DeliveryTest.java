package ee.supervisor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.event.Event;
import ee.supervisor.guard.Guard;
import ee.supervisor.metrics.MetricFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicLong lost = new AtomicLong();
  private final Backlog backlog = new Backlog(1000, new MemoryBudget(1_000_000), lost);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Fake collector = new Fake();
  private Thread thread;

  /** A collector in memory. */
  private static final class Fake implements Export {
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final AtomicLong metrics = new AtomicLong();
    private volatile Throwable thrown;

    @Override
    public Duration interval() {
      return Duration.ofMillis(50);
    }

    private void perhapsThrow() throws ExportException {
      Throwable now = thrown;
      if (now instanceof Error error) {
        throw error;
      } else if (now instanceof ExportException refused) {
        throw refused;
      }
    }

    @Override
    public void sendEvents(List<Occurrence> events) throws ExportException {
      perhapsThrow();
      batches.add(events.size());
    }

    @Override
    public void sendMetrics(List<MetricFamily> families, Instant since) throws ExportException {
      perhapsThrow();
      metrics.incrementAndGet();
    }

    @Override
    public void close() {}
  }

  private void start(Callable<List<MetricFamily>> metrics) {
    Guard guard = new Guard(lines::add);
    Delivery delivery =
        new Delivery(
            backlog,
            lost,
            metrics,
            Instant.EPOCH,
            new CollectorState(
                "http://c", lost::get, (level, text) -> lines.add(text.get()), System::nanoTime),
            guard,
            closing);
    thread =
        new Thread(
            () -> {
              try {
                delivery.run(collector);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
  }

  private void add(int events) {
    for (int i = 0; i < events; i++) {
      backlog.add(
          new Occurrence(Instant.EPOCH, new Event.GroupAdded("g"), OptionalInt.empty(), ""));
    }
  }

  private int sent() {
    return collector.batches.stream().mapToInt(Integer::intValue).sum();
  }

  @AfterEach
  void end() throws InterruptedException {
    closing.countDown();
    backlog.wake();
    thread.join(PATIENCE.toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void manyEventsComeInBatches() {
    add(1000);
    start(List::of);

    await().atMost(PATIENCE).until(() -> sent() == 1000);
    assertThat(collector.batches).allMatch(size -> size <= 512);
    assertThat(lost).hasValue(0);
  }

  @Test
  void metricsThatCannotBeCollectedHoldUpNoEvents() {
    start(
        () -> {
          throw new StackOverflowError("deep");
        });
    add(3);

    await().atMost(PATIENCE).until(() -> sent() == 3);
    assertThat(collector.metrics).hasValue(0);
    assertThat(lines).anyMatch(line -> line.contains("StackOverflowError"));
  }

  @Test
  void anErrorOfTheExporterIsAnOutageAndNotTheEnd() {
    collector.thrown = new NoClassDefFoundError("io/opentelemetry/X");
    start(List::of);
    add(3);
    await().atMost(PATIENCE).until(() -> !lines.isEmpty());
    collector.thrown = null;

    await().atMost(PATIENCE).until(() -> sent() == 3);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("NoClassDefFoundError");
  }

  @Test
  void whatIsLeftIsSentAtTheEnd() throws Exception {
    start(List::of);
    await().atMost(PATIENCE).until(() -> collector.metrics.get() > 0);
    add(5);
    end();

    assertThat(sent()).isEqualTo(5);
  }

  @Test
  void theEndWaitsForNoCollectorThatIsAway() throws Exception {
    collector.thrown = new ExportException("cannot be reached", false, null);
    start(List::of);
    add(5);
    await().atMost(PATIENCE).until(() -> !lines.isEmpty());
    end();
    backlog.close();

    assertThat(lost).hasValue(5);
  }
}
