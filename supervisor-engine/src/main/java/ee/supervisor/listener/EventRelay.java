package ee.supervisor.listener;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.LogLevel;
import ee.supervisor.event.Event;
import ee.supervisor.guard.Guard;
import ee.supervisor.posix.Mailbox;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hands events to an audience that may be slow, in order, on a thread of its own: the control loop
 * that publishes them never waits. If the audience falls behind, in number of events or in the
 * bytes they hold, the oldest are dropped, counted, and the number written to the activity log.
 */
public final class EventRelay implements Consumer<Event>, AutoCloseable {

  /** How long {@link #close()} lets the audience hear what is still queued. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String audience;
  private final Consumer<Event> sink;
  private final EventLog log;
  private final Guard guard;
  private final String failedOn;
  private final MemoryBudget.Account held;

  /** Empty marks the end. */
  private final Mailbox<Optional<Event>> queue;

  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private long droppedTold;

  /**
   * Starts the thread.
   *
   * @param audience who listens, for the log
   * @param capacity events kept for a slow audience, at least 1
   * @param sink the audience; what it throws is logged, and the next event is handed over
   * @param log called on the relay's thread
   * @param threads makes the thread
   */
  public EventRelay(
      String audience, int capacity, Consumer<Event> sink, EventLog log, ThreadFactory threads) {
    this(audience, capacity, sink, log, threads, MemoryBudget.ofEngine());
  }

  EventRelay(
      String audience,
      int capacity,
      Consumer<Event> sink,
      EventLog log,
      ThreadFactory threads,
      MemoryBudget budget) {
    this.audience = audience;
    this.sink = sink;
    this.log = log;
    this.guard = new Guard(text -> log.log(LogLevel.ERRO, () -> text));
    this.failedOn = audience + " on ";
    this.held = budget.open();
    this.queue = new Mailbox<>(capacity);
    this.thread = threads.newThread(this::run);
    thread.start();
  }

  /** Queues an event and returns at once. */
  @Override
  public void accept(Event event) {
    while (!held.take(event.bytes())) {
      if (!dropOldest()) {
        dropped.incrementAndGet();
        return;
      }
    }
    put(Optional.of(event));
  }

  /** Number of events that the audience missed since the relay was made. */
  public long dropped() {
    return dropped.get();
  }

  /** Ends the thread, after a short time for what is queued. Events accepted later are lost. */
  @Override
  public void close() {
    put(Optional.empty());
    queue.wake();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void put(Optional<Event> event) {
    while (!queue.offer(event)) {
      dropOldest();
    }
  }

  /** Returns false when there was none. */
  private boolean dropOldest() {
    Optional<Event> oldest = queue.poll();
    if (oldest == null || oldest.isEmpty()) {
      return false;
    }
    held.give(oldest.get().bytes());
    dropped.incrementAndGet();
    return true;
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        more = takeOne();
      }
    } catch (InterruptedException e) {
      // close() has lost its patience, or the container ends its threads.
      Thread.currentThread().interrupt();
    }
    held.close();
    guard.run(audience, this::tellDropped);
  }

  /** Returns false at the end. */
  private boolean takeOne() throws InterruptedException {
    Optional<Event> next = queue.take();
    if (next.isEmpty()) {
      return false;
    }
    Event event = next.get();
    held.give(event.bytes());
    guard.run(audience, this::tellDropped);
    try {
      sink.accept(event);
    } catch (Throwable thrown) {
      guard.report(failedOn, event.eventType(), thrown);
    }
    return true;
  }

  private void tellDropped() {
    long now = dropped.get();
    long since = now - droppedTold;
    if (since > 0) {
      droppedTold = now;
      log.log(
          LogLevel.WARN,
          () -> "%s too slow: %d events dropped (%d so far)".formatted(audience, since, now));
    }
  }
}
