package ee.supervisor.front;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the front has seen that is not worth a line each: whoever can connect could fill a log. Safe
 * for all threads.
 */
public final class FrontCounts {
  private final LongAdder malformed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder displaced = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /** Something came that is no request. */
  void malformedRequest() {
    malformed.increment();
  }

  /** A client was turned away, since there was no place for it. */
  void refused() {
    refused.increment();
  }

  /** An idle or slow client had to make place for another. */
  void displaced() {
    displaced.increment();
  }

  /** A client's time was over: it neither sent what it had begun nor took what waited for it. */
  void dropped() {
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
