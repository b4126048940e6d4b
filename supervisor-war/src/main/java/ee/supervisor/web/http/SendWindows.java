package ee.supervisor.web.http;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.posix.OwnSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;

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

  /** With more than that unconfirmed, nothing more is written: it is the kernel's memory. */
  private static final int KERNEL_BYTES = 262_144;

  /** With so little unconfirmed the kernel's buffer is not full: nothing waits in front of it. */
  private static final int ON_ITS_WAY = 16_384;

  /** What is written at once. */
  static final int PIECE_BYTES = 16_384;

  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration LATER = Duration.ofMillis(250);

  private static final Duration STALL = Duration.ofSeconds(60);

  private final Executor executor;
  private final MemoryBudget budget;
  private final Function<Peer, Optional<Connection>> connections;
  private final LongSupplier nanoTime;
  private final Set<Window> filled = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean soon = new AtomicBoolean();
  private final AtomicBoolean later = new AtomicBoolean();

  /** What the kernel has of a connection. */
  @FunctionalInterface
  interface Connection {
    /** Bytes sent and not confirmed; empty when it is closed. */
    OptionalLong unconfirmed();
  }

  /** Looks, and reports, on a thread of {@code executor}. */
  public SendWindows(Executor executor) {
    this(executor, MemoryBudget.ofProcess(), SendWindows::connection, System::nanoTime);
  }

  /**
   * @param budget bounds what waits for all clients together
   * @param connections finds a client's, if the kernel knows it
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  SendWindows(
      Executor executor,
      MemoryBudget budget,
      Function<Peer, Optional<Connection>> connections,
      LongSupplier nanoTime) {
    this.executor = executor;
    this.budget = budget;
    this.connections = connections;
    this.nanoTime = nanoTime;
  }

  private static Optional<Connection> connection(Peer peer) {
    return TcpTable.read()
        .map(all -> all.get(peer))
        .flatMap(OwnSocket::ofInode)
        .map(socket -> socket::unconfirmed);
  }

  /**
   * The window of one response.
   *
   * @param onStall run when the client has taken nothing for a minute although something waits
   */
  Window open(Peer peer, Runnable onStall) {
    return new Window(peer, onStall);
  }

  private void schedule(Duration delay) {
    AtomicBoolean scheduled = delay.equals(SOON) ? soon : later;
    if (!filled.isEmpty() && scheduled.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor)
          .execute(
              () -> {
                scheduled.set(false);
                look();
              });
    }
  }

  /** Looks at all that have something waiting, and lets those go on that have room again. */
  void look() {
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

    /** Written since the kernel was last known to have room for all. */
    private long written;

    /** The most of it that may be in front of the kernel. */
    private long held;

    private long unconfirmed;
    private long movedAt = nanoTime.getAsLong();

    /** Looked for when it is needed: most responses fit into the window. */
    private Optional<Connection> connection;

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
      return closed || (isOpen() && account.take(PIECE_BYTES));
    }

    private boolean isOpen() {
      return held + PIECE_BYTES <= BYTES && unconfirmed <= KERNEL_BYTES;
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
      if (written == 0) {
        movedAt = nanoTime.getAsLong();
      }
      written += count;
      held += count;
      return !closed;
    }

    /**
     * Notes what the client has taken, and returns whether it took anything since the last time.
     */
    private synchronized boolean update() {
      if (connection == null) {
        connection = connections.apply(peer);
      }
      // a connection that is gone has nothing waiting: writing to it shows that
      long sent = connection.map(Connection::unconfirmed).orElse(OptionalLong.empty()).orElse(0);
      long before = held;
      // what the client has confirmed is not known: this is the most that it can be
      held = sent <= ON_ITS_WAY ? 0 : Math.min(held, Math.max(0, written - sent));
      written = sent <= ON_ITS_WAY ? sent : written;
      account.give(before - held);
      boolean moved = held != before || sent != unconfirmed;
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
        if (onRoom != null && isOpen() && hasBudget()) {
          next = onRoom;
          onRoom = null;
        }
        stalled = unconfirmed > 0 && nanoTime.getAsLong() - movedAt > STALL.toNanos();
        if (written == 0 && onRoom == null) {
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
