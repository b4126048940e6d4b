package ee.supervisor.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.event.Event;
import ee.supervisor.text.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRelayTest {
  private final RecordedLog log = new RecordedLog();
  private final List<Event> heard = new CopyOnWriteArrayList<>();
  private final List<EventRelay> relays = new ArrayList<>();

  @AfterEach
  void closeRelays() {
    relays.forEach(EventRelay::close);
  }

  @Test
  void eventsArriveInOrder() {
    EventRelay relay = relay(10, heard::add);
    relay.accept(tick(1));
    relay.accept(tick(2));
    relay.accept(tick(3));

    await().until(() -> heard.size() == 3);
    assertThat(heard).containsExactly(tick(1), tick(2), tick(3));
  }

  @Test
  void aSlowAudienceNeverHoldsThePublisherAndMissesTheOldest() throws Exception {
    CountDownLatch inFirst = new CountDownLatch(1);
    CountDownLatch slow = new CountDownLatch(1);
    EventRelay relay =
        relay(
            2,
            event -> {
              inFirst.countDown();
              awaitLatch(slow);
              heard.add(event);
            });
    relay.accept(tick(0));
    inFirst.await();
    for (int i = 1; i <= 1000; i++) {
      relay.accept(tick(i));
    }
    assertThat(relay.dropped()).isEqualTo(998);
    slow.countDown();

    await().until(() -> heard.size() == 3);
    assertThat(heard).containsExactly(tick(0), tick(999), tick(1000));
    relay.close();
    assertThat(log.lines)
        .containsExactly("WARN test audience too slow: 998 events dropped (998 so far)");
  }

  @Test
  void anAudienceThatThrowsHearsTheNextEvent() {
    EventRelay relay =
        relay(
            10,
            event -> {
              heard.add(event);
              throw new IllegalStateException("no");
            });
    relay.accept(tick(1));
    relay.accept(tick(2));
    relay.close();

    assertThat(heard).hasSize(2);
    assertThat(log.lines).hasSize(2);
    assertThat(log.lines.get(0)).startsWith("ERRO test audience on TICK_5: uncaught ");
  }

  @Test
  void anAudienceThatIsSlowHoldsNoMoreMemoryThanThereIsForIt() throws Exception {
    MemoryBudget budget = new MemoryBudget(10_000);
    CountDownLatch slow = new CountDownLatch(1);
    EventRelay relay =
        new EventRelay(
            "test audience",
            1000,
            event -> {
              try {
                slow.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            log,
            Thread::new,
            budget);
    for (int i = 0; i < 10; i++) {
      relay.accept(new Event.RemoteCommunication("x", Bytes.utf8("y".repeat(2_000))));
      assertThat(budget.held()).isLessThanOrEqualTo(budget.limit());
    }

    assertThat(relay.dropped()).isGreaterThanOrEqualTo(5);
    slow.countDown();
    relay.close();
    assertThat(budget.held()).isZero();
  }

  @Test
  void closingDeliversWhatIsQueuedAndEndsTheThread() {
    List<Thread> threads = new ArrayList<>();
    EventRelay relay =
        new EventRelay(
            "test audience",
            10,
            heard::add,
            log,
            task -> {
              threads.add(new Thread(task, "relay"));
              return threads.get(0);
            });
    relay.accept(tick(1));
    relay.close();
    relay.accept(tick(2));

    await().until(() -> !threads.get(0).isAlive());
    assertThat(heard).containsExactly(tick(1));
  }

  private EventRelay relay(int capacity, Consumer<Event> sink) {
    EventRelay relay =
        new EventRelay("test audience", capacity, sink, log, task -> new Thread(task, "relay"));
    relays.add(relay);
    return relay;
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Event tick(long when) {
    return new Event.Tick(5, when);
  }
}
