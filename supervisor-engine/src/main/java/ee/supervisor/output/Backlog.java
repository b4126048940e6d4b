package ee.supervisor.output;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.posix.DescriptorWriter;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import java.nio.ByteBuffer;

/**
 * Bytes that a FIFO, terminal or pipe would not take yet. Bounded; what doesn't fit is the caller's
 * to drop.
 */
final class Backlog {
  private static final int CAPACITY_BYTES = 256 << 10;

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final MemoryBudget.Account account = MemoryBudget.ofEngine().open();
  private ByteBuffer held = NOTHING;

  boolean isEmpty() {
    return !held.hasRemaining();
  }

  /** Takes what fits from {@code data}, and advances its position by that. */
  void take(ByteBuffer data) {
    if (held.capacity() == 0) {
      if (!account.take(CAPACITY_BYTES)) {
        return;
      }
      held = ByteBuffer.allocateDirect(CAPACITY_BYTES).flip();
    }
    held.compact();
    int count = Math.min(held.remaining(), data.remaining());
    held.put(data.slice(data.position(), count));
    data.position(data.position() + count);
    held.flip();
  }

  /**
   * Writes what {@code target} takes now.
   *
   * @return how many bytes that was
   */
  int writeTo(Fd target, DescriptorWriter writer) throws PosixException {
    int written = 0;
    while (held.hasRemaining()) {
      int count = writer.write(target, held);
      if (count == Kernel.WOULD_BLOCK) {
        return written;
      }
      written += count;
    }
    release();
    return written;
  }

  /** Forgets all; returns how many bytes that was. */
  int discard() {
    int count = held.remaining();
    release();
    return count;
  }

  private void release() {
    account.give(held.capacity());
    held = NOTHING;
  }
}
