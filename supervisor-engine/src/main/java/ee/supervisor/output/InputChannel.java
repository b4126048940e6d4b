package ee.supervisor.output;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.posix.Epoll;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import ee.supervisor.text.Bytes;
import ee.supervisor.text.PythonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Writes to a child's stdin, and keeps what its pipe doesn't take yet. Confined to its process's
 * strand.
 */
final class InputChannel {
  private static final long MAX_WAITING_BYTES = 16 << 20;

  private final Reactor reactor;
  private final Strand strand;
  private final Fd pipe;
  private final String description;
  private final ActivityLog activityLog;
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
  private final MemoryBudget.Account account;
  private long waitingBytes;
  private long token;
  private boolean watching;

  InputChannel(Reactor reactor, Strand strand, Fd pipe, String process, ActivityLog activityLog) {
    this.reactor = reactor;
    this.strand = strand;
    this.pipe = pipe;
    this.activityLog = activityLog;
    this.account = MemoryBudget.ofEngine().open();
    description = PythonText.repr(process) + " stdin";
  }

  /** Completes {@code accepted} with whether stdin is open; see {@link ChildStreams#writeStdin}. */
  void write(Bytes data, CompletableFuture<Boolean> accepted) {
    if (!pipe.isOpen()) {
      accepted.complete(false);
    } else if (waitingBytes + data.length() > MAX_WAITING_BYTES || !account.take(data.length())) {
      accepted.completeExceptionally(
          new IOException(description + " has " + waitingBytes + " bytes to read already"));
    } else {
      waiting.add(data.asByteBuffer());
      waitingBytes += data.length();
      flush();
      accepted.complete(pipe.isOpen());
    }
  }

  /** Closes stdin; what waits is dropped. Idempotent. */
  void close() {
    unwatch();
    waiting.clear();
    waitingBytes = 0;
    account.close();
    pipe.close();
  }

  private void flush() {
    try {
      while (!waiting.isEmpty() && writeSome(waiting.peek())) {
        if (!waiting.peek().hasRemaining()) {
          account.give(waiting.remove().capacity());
        }
      }
      watchWhileWaiting();
    } catch (PosixException e) {
      // EPIPE: the child reads no more. For any other reason, too, nothing can be said to it.
      activityLog.debug(pipe + " closed, stopped monitoring " + description);
      close();
    }
  }

  /** Returns false when the pipe is full. */
  private boolean writeSome(ByteBuffer data) throws PosixException {
    ByteBuffer scratch = TransferBuffers.ofThread().output();
    int count = Math.min(scratch.capacity(), data.remaining());
    scratch.clear().put(data.slice(data.position(), count)).flip();
    int written = Kernel.write(pipe, scratch);
    if (written == Kernel.WOULD_BLOCK) {
      return false;
    }
    data.position(data.position() + written);
    waitingBytes -= written;
    return true;
  }

  private void watchWhileWaiting() throws PosixException {
    if (waiting.isEmpty()) {
      unwatch();
    } else if (!watching) {
      token = reactor.watch(strand, pipe, Epoll.WRITABLE, events -> flush());
      watching = true;
    }
  }

  private void unwatch() {
    if (watching) {
      watching = false;
      reactor.unwatch(token);
    }
  }
}
