package ee.supervisor.ejb;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import ee.supervisor.listener.EventLog;
import ee.supervisor.listener.EventRelay;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadFactory;

/**
 * Fires supervisord's events to CDI observers, so that a bean can listen without a process of its
 * own: {@code void on(@Observes Event.ProcessStateChanged change)}.
 *
 * <p>Observers run one event after the other on one managed thread, never on the control loop; one
 * that blocks makes itself and the other observers miss events, but nothing else.
 */
@ApplicationScoped
public class CdiEvents {

  /** Events kept for slow observers. */
  private static final int CAPACITY = 10_000;

  @Inject private jakarta.enterprise.event.Event<Event> observers;
  @Resource private ManagedThreadFactory managedThreads;

  private EventRelay relay;
  private AutoCloseable subscription;

  /**
   * Begins to fire what {@code supervisor} publishes, until the application ends.
   *
   * @param log hears of observers that throw or are too slow
   */
  public void attach(Supervisor supervisor, EventLog log) {
    attach(supervisor, log, managedThreads);
  }

  /** Begins to fire on a thread of {@code threads}: outside of a server none are injected. */
  void attach(Supervisor supervisor, EventLog log, ThreadFactory threads) {
    relay = new EventRelay("CDI observers", CAPACITY, observers::fire, log, threads);
    subscription = supervisor.subscribe(relay);
    supervisor.measurements().countDropped("cdi", relay::dropped);
  }

  /** Number of events that observers missed because they were too slow. */
  public long dropped() {
    return relay == null ? 0 : relay.dropped();
  }

  @PreDestroy
  void detach() {
    if (relay == null) {
      return;
    }
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException("subscription of the CDI observers cannot be ended", e);
    } finally {
      relay.close();
    }
  }
}
