package ee.supervisor.front;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.http.ByteSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sends what is read from a source, a piece at a time and never more than the client takes: read by
 * the readers of files, sent by the event loop. Confined to the event loop but where it says so.
 */
final class BodyPump implements Transfer {
  private static final int PIECE_BYTES = 16_384;

  /** What a client that takes all it is sent gets at a time, however little room there is. */
  private static final int LEAST_PIECE_BYTES = 2048;

  /**
   * Each reader of files reads into its own, and what came is copied: of a log that is followed
   * that is a line, and a buffer of this size for each of 500 followers' lines was 1 GB a second.
   */
  private static final ThreadLocal<ByteBuffer> SCRATCH =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(PIECE_BYTES));

  private enum State {
    OPENING,
    READING,
    /** The source has nothing at the moment. */
    QUIET,
    /** The client, or the budget, has no room. */
    FULL,
    ENDED
  }

  private final ClientConnection client;
  private final Executor files;
  private final MemoryBudget.Account account;
  private final ByteSource.Opener opener;
  private final Closeable held;
  private final Runnable opened;
  private final boolean endless;

  /** Readers of files only: one at a time, also when the client leaves while one reads. */
  private final Object reading = new Object();

  private ByteSource source;
  private boolean closed;

  private State state = State.OPENING;

  /**
   * @param held what the source is made of: closed after it, whether it was ever opened or not
   * @param opened sends the head, as soon as there is something to send after it
   * @param endless whether a client that sends nothing more is taken for one that has left
   */
  BodyPump(
      ClientConnection client,
      Executor files,
      MemoryBudget budget,
      ByteSource.Opener opener,
      Closeable held,
      Runnable opened,
      boolean endless) {
    this.client = client;
    this.files = files;
    account = budget.open();
    this.opener = opener;
    this.held = held;
    this.opened = opened;
    this.endless = endless;
  }

  void start() {
    onFiles(this::open);
  }

  private void onFiles(Runnable work) {
    try {
      files.execute(work);
    } catch (RejectedExecutionException e) {
      // the process ends
      client.later(client::close);
    }
  }

  private void open() {
    synchronized (reading) {
      try {
        if (!closed) {
          source = opener.open();
        }
      } catch (Throwable e) {
        // a handler's source may fail in any way; a client waits for it
        client.later(this::cannotOpen);
        return;
      }
    }
    client.later(this::isOpen);
  }

  private void cannotOpen() {
    if (state != State.ENDED) {
      state = State.ENDED;
      account.close();
      onFiles(this::closeSource);
      client.respondNotFound();
    }
  }

  private void isOpen() {
    if (state != State.ENDED) {
      opened.run();
      read();
    }
  }

  private void read() {
    boolean roomy = client.hasRoom() && account.take(PIECE_BYTES);
    if (!roomy && !client.hasTakenAll()) {
      state = State.FULL;
      return;
    }
    state = State.READING;
    onFiles(() -> readPiece(roomy ? PIECE_BYTES : LEAST_PIECE_BYTES));
  }

  private void readPiece(int size) {
    ByteBuffer piece = SCRATCH.get().clear().limit(size);
    int count;
    synchronized (reading) {
      if (closed) {
        return;
      }
      try {
        count = source.read(piece);
      } catch (Throwable e) {
        client.later(this::broke);
        return;
      }
      if (count == 0) {
        client.later(this::isQuiet);
        source.onReadable(files, () -> client.later(this::isReadable));
        return;
      }
    }
    ByteBuf bytes = Unpooled.copiedBuffer(piece.flip());
    client.later(() -> deliver(count, bytes));
  }

  private void isQuiet() {
    if (state == State.READING) {
      account.give(PIECE_BYTES);
      state = State.QUIET;
    }
  }

  private void isReadable() {
    if (state == State.QUIET) {
      read();
    }
  }

  private void broke() {
    if (state != State.ENDED) {
      client.close();
    }
  }

  private void deliver(int count, ByteBuf bytes) {
    if (state == State.ENDED) {
      return;
    }
    if (count < 0) {
      abandon();
      client.finishBody();
      return;
    }
    client.sendPiece(
        bytes,
        () -> {
          account.give(PIECE_BYTES);
          proceed();
        });
    if (state != State.ENDED) {
      read();
    }
  }

  @Override
  public void proceed() {
    if (state == State.FULL) {
      read();
    }
  }

  @Override
  public void abandon() {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    account.close();
    onFiles(this::closeSource);
  }

  private void closeSource() {
    synchronized (reading) {
      closed = true;
      if (source != null) {
        close(source);
      }
      close(held);
    }
  }

  /** Closes what was only read: that it cannot be closed matters to nobody. */
  static void close(AutoCloseable source) {
    try {
      source.close();
    } catch (Exception e) {
      // it was only read
    }
  }

  @Override
  public boolean mayEnd() {
    return !endless;
  }
}
