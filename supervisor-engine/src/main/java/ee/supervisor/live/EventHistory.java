package ee.supervisor.live;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import java.nio.charset.StandardCharsets;
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

  /** A megabyte of data, which may be several times as long as JSON, and what belongs to it. */
  private static final int MAX_TOLD_BYTES = (1 << 20) + 1024;

  private static final System.Logger LOG = System.getLogger(EventHistory.class.getName());

  private final Supervisor supervisor;
  private final Executor executor;
  private final AutoCloseable subscription;

  /** Sets the numbers of one history apart from those of another: a restart begins at 1 again. */
  private final long epoch = System.currentTimeMillis();

  private final Deque<Recorded> events = new ArrayDeque<>();
  private final Map<Object, Runnable> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean waking = new AtomicBoolean();
  private long bytes;
  private long last;

  /** An event that happened. */
  public static final class Recorded {
    private final long number;
    private final Instant at;
    private final Event event;
    private byte[] message;

    /** What the history counts for its message; of the history's lock. */
    private long messageBytes;

    private Recorded(long number, Instant at, Event event) {
      this.number = number;
      this.at = at;
      this.event = event;
    }

    /** Counted from 1, without gaps. */
    public long number() {
      return number;
    }

    /** When it was heard of. */
    public Instant at() {
      return at;
    }

    /** What happened. */
    public Event event() {
      return event;
    }

    private synchronized byte[] message(long epoch) {
      if (message == null) {
        String type = event.eventType().name();
        message =
            "id: %d-%d\nevent: %s\ndata: %s\n\n"
                .formatted(epoch, number, type, EventJson.text(this))
                .getBytes(StandardCharsets.UTF_8);
      }
      return message;
    }
  }

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
    Recorded recorded = new Recorded(last, Instant.now(), event);
    events.add(recorded);
    bytes += event.bytes();
    trim();
    if (!waiting.isEmpty() && waking.compareAndSet(false, true)) {
      executor.execute(this::wake);
    }
  }

  private void trim() {
    while (events.size() > MAX_EVENTS || (bytes > MAX_BYTES && events.size() > 1)) {
      Recorded eldest = events.removeFirst();
      bytes -= eldest.event.bytes() + eldest.messageBytes;
    }
  }

  /** Whether {@code event} is too large to be sent to everybody who listens. */
  static boolean isOversize(Event event) {
    return event.bytes() > MAX_TOLD_BYTES;
  }

  /**
   * An event as every client is sent it: made once, and held here for all of them, so that it is of
   * no account how many do not read.
   */
  byte[] message(Recorded recorded) {
    byte[] message = recorded.message(epoch);
    synchronized (this) {
      boolean isHeld = !events.isEmpty() && events.getFirst().number <= recorded.number;
      if (isHeld && recorded.messageBytes == 0) {
        recorded.messageBytes = message.length;
        bytes += message.length;
        trim();
      }
    }
    return message;
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
