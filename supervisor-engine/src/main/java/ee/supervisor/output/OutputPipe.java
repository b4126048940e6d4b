package ee.supervisor.output;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Our end of an output pipe, widened if need be, and what had to be put aside while the log it goes
 * to stalled. Its lock is held for a read of the pipe only: the thread that is stuck and the one
 * that took over may come at the same time.
 */
final class OutputPipe implements AutoCloseable {
  /** What a pipe holds unless it is widened (pipe(7)). */
  private static final int DEFAULT_BYTES = 64 << 10;

  private static final int WIDE_BYTES = 1 << 20;
  private static final int MOST_ASIDE_BYTES = 4 << 20;

  private final Fd fd;
  private final Queue<byte[]> aside = new ArrayDeque<>();
  private final MemoryBudget.Account account = MemoryBudget.ofEngine().open();
  private int asideBytes;
  private long droppedBytes;
  private boolean wide;

  OutputPipe(Fd fd) {
    this.fd = fd;
  }

  Fd fd() {
    return fd;
  }

  boolean isOpen() {
    return fd.isOpen();
  }

  /** As {@link Kernel#read}; what was put aside comes first. */
  synchronized int read(ByteBuffer buffer) throws PosixException {
    byte[] first = aside.poll();
    if (first != null) {
      buffer.put(first);
      asideBytes -= first.length;
      account.give(first.length);
      return first.length;
    }
    int count = Kernel.read(fd, buffer);
    if (count >= DEFAULT_BYTES && !wide) {
      // Wide pipes are for the few that fill them: the kernel grants a user only so many.
      wide = true;
      Kernel.trySetPipeCapacity(fd, WIDE_BYTES);
    }
    return count;
  }

  /**
   * Reads the pipe without handing it on, so that the child doesn't have to wait for its log.
   * Beyond a bound it is dropped, and counted.
   *
   * @return whether there was something
   */
  synchronized boolean putAside() {
    ByteBuffer buffer = TransferBuffers.ofThread().input().clear();
    try {
      if (!fd.isOpen() || Kernel.read(fd, buffer) <= 0) {
        return false;
      }
    } catch (PosixException e) {
      // The strand meets it too when it goes on, and reports it.
      return false;
    }
    buffer.flip();
    if (asideBytes + buffer.remaining() > MOST_ASIDE_BYTES || !account.take(buffer.remaining())) {
      droppedBytes += buffer.remaining();
    } else {
      byte[] data = new byte[buffer.remaining()];
      buffer.get(data);
      aside.add(data);
      asideBytes += data.length;
    }
    return true;
  }

  synchronized boolean hasSomeAside() {
    return !aside.isEmpty();
  }

  /** How many bytes the child can have left behind. */
  synchronized long mostBytesLeft() {
    return (long) asideBytes + WIDE_BYTES;
  }

  /** How many bytes were dropped since this was asked last; 0 until what came before is read. */
  synchronized long takeDroppedCount() {
    if (!aside.isEmpty()) {
      return 0;
    }
    long dropped = droppedBytes;
    droppedBytes = 0;
    return dropped;
  }

  @Override
  public synchronized void close() {
    fd.close();
    account.close();
  }

  @Override
  public String toString() {
    return fd.toString();
  }
}
