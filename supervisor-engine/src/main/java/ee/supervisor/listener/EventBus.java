package ee.supervisor.listener;

import ee.supervisor.config.LogLevel;
import ee.supervisor.event.Event;
import ee.supervisor.guard.Guard;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Hands each event to all who subscribed to its type, in the order of subscription.
 *
 * <p>Confined to the control loop: the first event published binds the bus to its thread. An event
 * that a subscriber publishes is delivered after the one it reacts to, so that all see the same
 * order.
 */
public final class EventBus {
  private static final long UNASSIGNED = -1;

  private final Guard guard;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final Queue<Event> published = new ArrayDeque<>();
  private final Serial serials = new Serial();
  private long currentSerial = UNASSIGNED;
  private boolean delivering;
  private Thread owner;

  /**
   * A bus without subscribers.
   *
   * @param log hears of subscribers that throw
   */
  public EventBus(EventLog log) {
    this.guard = new Guard(text -> log.log(LogLevel.ERRO, () -> text));
  }

  /**
   * Has {@code subscriber} called with each event of {@code type} or a type below it.
   *
   * @param subscriber must return at once; what it throws is logged and does not reach the
   *     publisher
   * @return ends the subscription
   */
  public Subscription subscribe(Event.Type type, Consumer<Event> subscriber) {
    return add(new Subscriber(Optional.of(type), subscriber));
  }

  /**
   * As {@link #subscribe}, with each event of any type: EVENT does not cover what is not
   * Supervisor's.
   */
  public Subscription subscribeToAll(Consumer<Event> subscriber) {
    return add(new Subscriber(Optional.empty(), subscriber));
  }

  private Subscription add(Subscriber added) {
    assert isOwner() : "subscribe on " + Thread.currentThread() + ", not on " + owner;
    subscribers.add(added);
    return () -> subscribers.remove(added);
  }

  /** Delivers {@code event}: at once, or after the event whose delivery caused it. */
  public void publish(Event event) {
    if (owner == null) {
      owner = Thread.currentThread();
    }
    assert isOwner() : "publish on " + Thread.currentThread() + ", not on " + owner;
    published.add(event);
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      for (Event next = published.poll(); next != null; next = published.poll()) {
        deliver(next);
      }
    } finally {
      delivering = false;
    }
  }

  /**
   * The serial of the event that is being delivered, the same for all pools. Numbers are given out
   * when first asked for: events that no pool takes have none, so that listeners see no gaps.
   */
  long serial() {
    if (currentSerial == UNASSIGNED) {
      currentSerial = serials.next();
    }
    return currentSerial;
  }

  private void deliver(Event event) {
    currentSerial = UNASSIGNED;
    Event.Type type = event.eventType();
    for (Subscriber each : subscribers) {
      if (each.hears(type)) {
        hand(event, type, each);
      }
    }
  }

  /** The process whose change this event reports must get on, whatever its audience does. */
  private void hand(Event event, Event.Type type, Subscriber subscriber) {
    try {
      subscriber.consumer.accept(event);
    } catch (Throwable thrown) {
      guard.report("subscriber to ", type, thrown);
    }
  }

  private boolean isOwner() {
    return owner == null || owner == Thread.currentThread();
  }

  /** Not a record: a consumer subscribed twice makes two that must not be equal. */
  private static final class Subscriber {
    final Optional<Event.Type> wanted;
    final Consumer<Event> consumer;

    Subscriber(Optional<Event.Type> wanted, Consumer<Event> consumer) {
      this.wanted = wanted;
      this.consumer = consumer;
    }

    boolean hears(Event.Type type) {
      return wanted.isEmpty() || wanted.get().covers(type);
    }
  }
}
