package ee.supervisor.budget;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on the bytes held on behalf of others: requests that wait, responses that nobody reads,
 * events for a slow audience. Whoever would pass it is refused, so that the memory the children's
 * supervision needs is always there.
 *
 * <p>Safe for all threads, without a lock.
 */
public final class MemoryBudget {
  private static final MemoryBudget PROCESS =
      new MemoryBudget(Runtime.getRuntime().maxMemory() / 4);
  private static final MemoryBudget ENGINE = new MemoryBudget(Runtime.getRuntime().maxMemory() / 8);

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  /**
   * A budget that is its own.
   *
   * @param limit in bytes, not negative
   */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /**
   * The engine's own, an eighth of the largest heap: for events, for what children are sent and for
   * output that a log does not take. Apart from {@link #ofProcess}, so that no client can take it.
   */
  public static MemoryBudget ofEngine() {
    return ENGINE;
  }

  /** The budget of this JVM: a quarter of its largest heap. */
  public static MemoryBudget ofProcess() {
    return PROCESS;
  }

  /** An account that holds nothing yet. */
  public Account open() {
    return new Account();
  }

  /** Bytes held now, never negative. */
  public long held() {
    return held.get();
  }

  /** Bytes that may be held at most. */
  public long limit() {
    return limit;
  }

  /** What one request, response or audience holds of the budget. Safe for all threads. */
  public final class Account implements AutoCloseable {
    private static final long CLOSED = -1;

    private final AtomicLong own = new AtomicLong();

    private Account() {}

    /**
     * Takes {@code bytes} more.
     *
     * @param bytes not negative
     * @return false when the budget has no room for them, or the account is closed: nothing is
     *     taken then
     */
    public boolean take(long bytes) {
      if (held.addAndGet(bytes) > limit) {
        held.addAndGet(-bytes);
        return false;
      }
      long known = own.get();
      while (known != CLOSED) {
        if (own.compareAndSet(known, known + bytes)) {
          return true;
        }
        known = own.get();
      }
      held.addAndGet(-bytes);
      return false;
    }

    /**
     * Gives {@code bytes} back; more than it holds is all it holds.
     *
     * @param bytes not negative
     */
    public void give(long bytes) {
      long known = own.get();
      while (known != CLOSED) {
        long less = Math.min(known, bytes);
        if (own.compareAndSet(known, known - less)) {
          held.addAndGet(-less);
          return;
        }
        known = own.get();
      }
    }

    /** Bytes this account holds. */
    public long held() {
      return Math.max(0, own.get());
    }

    /** Gives all back, and takes nothing any more; idempotent. */
    @Override
    public void close() {
      long known = own.getAndSet(CLOSED);
      if (known > 0) {
        held.addAndGet(-known);
      }
    }
  }
}
