package ee.supervisor.event;

import ee.supervisor.config.LogLevel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hands events to an audience that may be slow, in order, on a thread of its own: the control loop
 * that publishes them never waits. If the audience falls behind, the oldest events are dropped,
 * counted, and the number told in the activity log.
 */
public final class EventRelay implements Consumer<Event>, AutoCloseable {

  /** How long {@link #close()} lets the audience hear what is still queued. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String audience;
  private final Consumer<Event> sink;
  private final EventLog log;

  /** Empty marks the end. */
  private final BlockingQueue<Optional<Event>> queue;

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
    this.audience = audience;
    this.sink = sink;
    this.log = log;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.thread = threads.newThread(this::run);
    thread.start();
  }

  /** Queues an event and returns at once. */
  @Override
  public void accept(Event event) {
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
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void put(Optional<Event> event) {
    while (!queue.offer(event)) {
      if (queue.poll() != null) {
        dropped.incrementAndGet();
      }
    }
  }

  private void run() {
    try {
      for (Optional<Event> next = queue.take(); next.isPresent(); next = queue.take()) {
        tellDropped();
        hand(next.get());
      }
    } catch (InterruptedException e) {
      // close() has lost its patience, or the container ends its threads.
      Thread.currentThread().interrupt();
    }
    tellDropped();
  }

  private void hand(Event event) {
    try {
      sink.accept(event);
    } catch (RuntimeException e) {
      log.log(LogLevel.ERRO, () -> "%s failed on %s: %s".formatted(audience, event, e));
    }
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
