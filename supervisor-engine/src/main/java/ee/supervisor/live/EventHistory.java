package ee.supervisor.live;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The last events, for clients that were away for a moment; bounded in number and in bytes.
 *
 * <p>The control loop adds to it under a lock that is held for an append or for copying a few
 * hundred references, never for I/O; who waits for an event is woken on another thread.
 */
public final class EventHistory implements AutoCloseable {
  private static final int MAX_EVENTS = 1000;
  private static final long MAX_BYTES = 4 << 20;
  private static final int PIECE = 200;

  private static final System.Logger LOG = System.getLogger(EventHistory.class.getName());

  private final Supervisor supervisor;
  private final Executor executor;
  private final AutoCloseable subscription;

  /** Tells the numbers of one history from those of another: a restart begins at 1 again. */
  private final long epoch = System.currentTimeMillis();

  private final Deque<Recorded> events = new ArrayDeque<>();
  private final Map<Object, Runnable> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean waking = new AtomicBoolean();
  private long bytes;
  private long last;

  /**
   * An event that happened.
   *
   * @param number counted from 1, without gaps
   * @param at when it was heard of
   */
  public record Recorded(long number, Instant at, Event event) {}

  EventHistory(Supervisor supervisor, Executor executor) {
    this.supervisor = supervisor;
    this.executor = executor;
    subscription = supervisor.subscribe(this::add);
  }

  boolean isOf(Supervisor other) {
    return supervisor == other;
  }

  /** A number that no other history has. */
  public long epoch() {
    return epoch;
  }

  /** The number of the last event, 0 before the first. */
  public synchronized long last() {
    return last;
  }

  private synchronized void add(Event event) {
    last++;
    events.addLast(new Recorded(last, Instant.now(), event));
    bytes += event.bytes();
    while (events.size() > MAX_EVENTS || (bytes > MAX_BYTES && events.size() > 1)) {
      bytes -= events.removeFirst().event().bytes();
    }
    if (!waiting.isEmpty() && waking.compareAndSet(false, true)) {
      executor.execute(this::wake);
    }
  }

  /** The next events after number {@code after}, oldest first; not all that there are. */
  public synchronized List<Recorded> after(long after) {
    if (after >= last || events.isEmpty()) {
      return List.of();
    }
    List<Recorded> found = new ArrayList<>();
    Iterator<Recorded> each = events.iterator();
    for (long skip = after - events.getFirst().number() + 1; skip > 0; skip--) {
      each.next();
    }
    while (each.hasNext() && found.size() < PIECE) {
      found.add(each.next());
    }
    return found;
  }

  /** Runs {@code callback} once when there is an event after number {@code after}. */
  void onEvent(Object waiter, long after, Runnable callback) {
    waiting.put(waiter, callback);
    if (last() > after) {
      wake(waiter);
    }
  }

  void forget(Object waiter) {
    waiting.remove(waiter);
  }

  private void wake() {
    waking.set(false);
    List.copyOf(waiting.keySet()).forEach(this::wake);
  }

  private void wake(Object waiter) {
    Runnable callback = waiting.remove(waiter);
    if (callback != null) {
      callback.run();
    }
  }

  @Override
  public void close() {
    try {
      subscription.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "cannot end a subscription", e);
    }
  }
}
