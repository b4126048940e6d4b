package ee.supervisor.door.http;

import ee.supervisor.budget.MemoryBudget;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps at most {@value #BYTES} bytes waiting for each client that reads slowly, or not at all.
 *
 * <p>Payara's {@code isReady()} is no such bound: it stays true while four times what the kernel
 * buffers waits in its heap, 10 MB for a client. So what was written is counted here, and counts
 * until the kernel's table of connections says that the client has taken it. Where there is no
 * table the container is believed.
 */
public final class SendWindows {
  /** The most that waits for a client. */
  static final int BYTES = 65_536;

  /** What is written at once. */
  static final int PIECE_BYTES = 16_384;

  /** So little unconfirmed leaves room in the kernel: nothing waits in front of it any more. */
  private static final int ON_ITS_WAY = 32_768;

  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration LATER = Duration.ofMillis(250);

  /** How old a look at the table may be; more where the table is long, and a look takes longer. */
  private static final Duration LEAST_AGE = Duration.ofNanos(200_000);

  private static final int AGE_PER_LOOK = 4;
  private static final Duration STALL = Duration.ofSeconds(60);

  private final Executor executor;
  private final MemoryBudget budget;
  private final Supplier<Optional<Map<Peer, Long>>> table;
  private final LongSupplier nanoTime;
  private final Set<Window> filled = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private Optional<Map<Peer, Long>> known = Optional.empty();
  private long knownSince;
  private long age = LEAST_AGE.toNanos();

  /** Looks, and tells, on a thread of {@code executor}. */
  public SendWindows(Executor executor) {
    this(executor, MemoryBudget.ofProcess(), ConnectionTable::read, System::nanoTime);
  }

  /**
   * @param budget bounds what waits for all clients together
   * @param table the bytes unconfirmed by each client
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  SendWindows(
      Executor executor,
      MemoryBudget budget,
      Supplier<Optional<Map<Peer, Long>>> table,
      LongSupplier nanoTime) {
    this.executor = executor;
    this.budget = budget;
    this.table = table;
    this.nanoTime = nanoTime;
    knownSince = nanoTime.getAsLong() - age;
  }

  /**
   * The window of one response.
   *
   * @param onStall run when the client has taken nothing for a minute although something waits
   */
  Window open(Peer peer, Runnable onStall) {
    return new Window(peer, onStall);
  }

  private synchronized Optional<Map<Peer, Long>> table() {
    long now = nanoTime.getAsLong();
    if (now - knownSince >= age) {
      known = table.get();
      knownSince = nanoTime.getAsLong();
      age = Math.max(LEAST_AGE.toNanos(), AGE_PER_LOOK * (knownSince - now));
    }
    return known;
  }

  private void schedule(Duration delay) {
    if (!filled.isEmpty() && scheduled.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor)
          .execute(this::look);
    }
  }

  /** Looks at all that have something waiting, and lets those go on that have room again. */
  void look() {
    scheduled.set(false);
    boolean moving = false;
    for (Window window : filled) {
      moving |= window.look();
    }
    schedule(moving ? SOON : LATER);
  }

  /** What one client was sent and has not taken. Safe for all threads; one at a time writes. */
  final class Window implements AutoCloseable {
    private final Peer peer;
    private final Runnable onStall;
    private final MemoryBudget.Account account = budget.open();
    private long waiting;
    private long unconfirmed;
    private long movedAt = nanoTime.getAsLong();
    private Runnable onRoom;
    private boolean closed;

    private Window(Peer peer, Runnable onStall) {
      this.peer = peer;
      this.onStall = onStall;
    }

    /**
     * Whether a piece more may be written; if so, {@link #wrote} follows.
     *
     * @param callback otherwise run once, on the executor, when there is room
     */
    boolean hasRoom(Runnable callback) {
      if (!tryTake()) {
        update();
        if (!tryTake()) {
          synchronized (this) {
            onRoom = callback;
          }
          filled.add(this);
          schedule(SOON);
          return false;
        }
      }
      return true;
    }

    private synchronized boolean tryTake() {
      // what is written when all is over goes nowhere
      return closed || (waiting + PIECE_BYTES <= BYTES && account.take(PIECE_BYTES));
    }

    /** That many bytes of the piece were written. */
    void wrote(int count) {
      account.give(PIECE_BYTES - count);
      if (count > 0 && add(count)) {
        filled.add(this);
        schedule(LATER);
      }
    }

    private synchronized boolean add(int count) {
      if (waiting == 0) {
        movedAt = nanoTime.getAsLong();
      }
      waiting += count;
      return !closed;
    }

    /** Notes what the client has taken, and tells whether it took anything since the last time. */
    private synchronized boolean update() {
      // a connection that is gone has nothing waiting: writing to it tells
      long sent = table().map(all -> all.getOrDefault(peer, 0L)).orElse(0L);
      long before = waiting;
      if (sent <= ON_ITS_WAY && sent < waiting) {
        waiting = sent;
        account.give(before - waiting);
      }
      boolean moved = waiting != before || sent != unconfirmed;
      unconfirmed = sent;
      if (moved) {
        movedAt = nanoTime.getAsLong();
      }
      return moved;
    }

    private boolean look() {
      boolean moved = update();
      Runnable next = null;
      boolean stalled;
      synchronized (this) {
        if (onRoom != null && waiting + PIECE_BYTES <= BYTES && hasBudget()) {
          next = onRoom;
          onRoom = null;
        }
        stalled = waiting > 0 && nanoTime.getAsLong() - movedAt > STALL.toNanos();
        if (waiting == 0 && onRoom == null) {
          filled.remove(this);
        }
      }
      if (stalled) {
        close();
        onStall.run();
      } else if (next != null) {
        next.run();
      }
      return moved;
    }

    private boolean hasBudget() {
      return budget.held() + PIECE_BYTES <= budget.limit();
    }

    /** Gives back all that it holds: the response has ended. Idempotent. */
    @Override
    public synchronized void close() {
      closed = true;
      filled.remove(this);
      account.close();
    }
  }
}
