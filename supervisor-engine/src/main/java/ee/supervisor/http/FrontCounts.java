package ee.supervisor.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the front has seen that is not worth a line each: whoever can connect could fill a log. It
 * is found the way {@link ee.supervisor.control.Handover} finds the supervisor. Safe for all
 * threads.
 */
public final class FrontCounts {
  private static final AtomicReference<FrontCounts> CURRENT = new AtomicReference<>();

  private final LongAdder malformed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder displaced = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /** Makes {@code counts} those that metrics show. */
  public static void offer(FrontCounts counts) {
    CURRENT.set(counts);
  }

  /** Those of the front in this JVM, if there is a front. */
  public static Optional<FrontCounts> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Something came that is no request. */
  public void malformedRequest() {
    malformed.increment();
  }

  /** A client was turned away, since there was no place for it. */
  public void refused() {
    refused.increment();
  }

  /** An idle or slow client had to make place for another. */
  public void displaced() {
    displaced.increment();
  }

  /** A client's time was over: it neither sent what it had begun nor took what waited for it. */
  public void dropped() {
    dropped.increment();
  }

  /** Requests that were no requests. */
  public long malformedRequests() {
    return malformed.sum();
  }

  /** Connections that were closed at once. */
  public long refusedConnections() {
    return refused.sum();
  }

  /** Connections that were closed for others. */
  public long displacedConnections() {
    return displaced.sum();
  }

  /** Connections that were closed since nothing moved on them. */
  public long droppedConnections() {
    return dropped.sum();
  }
}
