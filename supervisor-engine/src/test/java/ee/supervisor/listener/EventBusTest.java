package ee.supervisor.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventBusTest {
  private static final Event TICK = new Event.Tick(5, 1700000000L);
  private static final Event ADDED = new Event.GroupAdded("web");

  private final RecordedLog log = new RecordedLog();
  private final EventBus bus = new EventBus(log);
  private final List<String> heard = new ArrayList<>();

  @Test
  void aSubscriberHearsItsTypeAndThoseBelowIt() {
    bus.subscribe(Event.Type.TICK, event -> heard.add("tick"));
    bus.subscribe(Event.Type.TICK_60, event -> heard.add("tick 60"));
    bus.subscribe(Event.Type.EVENT, event -> heard.add("any"));

    bus.publish(TICK);
    bus.publish(ADDED);

    assertThat(heard).containsExactly("tick", "any", "any");
  }

  @Test
  void aClosedSubscriptionHearsNothingEvenOfTheEventBeingDelivered() {
    List<Subscription> second = new ArrayList<>();
    bus.subscribe(Event.Type.EVENT, event -> second.get(0).close());
    second.add(bus.subscribe(Event.Type.EVENT, event -> heard.add("second")));
    bus.publish(TICK);
    heard.clear();
    bus.publish(TICK);

    assertThat(heard).isEmpty();
  }

  @Test
  void closingTwiceEndsOneSubscriptionOnly() {
    Subscription first = bus.subscribe(Event.Type.EVENT, heard(heard));
    bus.subscribe(Event.Type.EVENT, heard(heard));
    first.close();
    first.close();

    bus.publish(TICK);

    assertThat(heard).hasSize(1);
  }

  @Test
  void anEventPublishedByASubscriberComesAfterTheOneItAnswers() {
    bus.subscribe(Event.Type.TICK, event -> bus.publish(ADDED));
    bus.subscribe(Event.Type.EVENT, event -> heard.add(event.eventType().name()));

    bus.publish(TICK);

    assertThat(heard).containsExactly("TICK_5", "PROCESS_GROUP_ADDED");
  }

  @Test
  void aSubscriberThatThrowsIsToldInTheLogAndStopsNobody() {
    bus.subscribe(
        Event.Type.EVENT,
        event -> {
          throw new IllegalStateException("out of paper");
        });
    bus.subscribe(Event.Type.EVENT, heard(heard));

    bus.publish(TICK);

    assertThat(heard).hasSize(1);
    assertThat(log.lines)
        .singleElement()
        .asString()
        .startsWith(
            "ERRO subscriber to TICK_5: uncaught java.lang.IllegalStateException: out of paper at");
  }

  @Test
  void anotherThreadMayNotPublishOnceOneHas() {
    bus.publish(TICK);

    assertThatThrownBy(() -> CompletableFuture.runAsync(() -> bus.publish(TICK)).join())
        .hasCauseInstanceOf(AssertionError.class)
        .hasMessageContaining("publish on");
  }

  private static Consumer<Event> heard(List<String> heard) {
    return event -> heard.add(event.toString());
  }
}
