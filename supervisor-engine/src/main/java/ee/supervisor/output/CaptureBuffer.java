package ee.supervisor.output;

import ee.supervisor.budget.MemoryBudget;
import java.util.Arrays;

/**
 * Holds what a process says between the PROCESS_COMMUNICATION tokens, up to {@code
 * capture_maxbytes}.
 *
 * <p>Its bound is Supervisor's: a piece that doesn't fit pushes out as many of the oldest bytes as
 * it has itself; a piece larger than the bound is kept whole. When all buffers together would take
 * more memory than there is for them, the same happens at less.
 */
final class CaptureBuffer implements AutoCloseable {
  private final long maxBytes;
  private byte[] held = new byte[0];
  private int start;
  private int end;

  private final MemoryBudget.Account account;

  CaptureBuffer(long maxBytes, MemoryBudget budget) {
    this.maxBytes = maxBytes;
    this.account = budget.open();
  }

  void append(byte[] piece) {
    if ((long) (end - start) + piece.length > maxBytes) {
      start = Math.min(end, start + piece.length);
    }
    if (end + piece.length > held.length && !makeRoom(piece.length)) {
      return;
    }
    System.arraycopy(piece, 0, held, end, piece.length);
    end += piece.length;
  }

  /** Returns false when there is no memory for another {@code more} bytes. */
  private boolean makeRoom(int more) {
    int kept = end - start;
    int size = Math.max(kept + more, 2 * kept);
    if (!account.take(size)) {
      size = kept + more;
      if (!account.take(size)) {
        // The oldest make way.
        start = Math.min(end, start + more);
        compact();
        return end + more <= held.length;
      }
    }
    byte[] larger = new byte[size];
    System.arraycopy(held, start, larger, 0, kept);
    account.give(held.length);
    held = larger;
    end = kept;
    start = 0;
    return true;
  }

  private void compact() {
    System.arraycopy(held, start, held, 0, end - start);
    end -= start;
    start = 0;
  }

  /** What is held; empties the buffer and gives its memory back. */
  byte[] take() {
    byte[] taken = Arrays.copyOfRange(held, start, end);
    account.give(held.length);
    held = new byte[0];
    start = 0;
    end = 0;
    return taken;
  }

  /** Gives its memory back; it holds nothing from then on. */
  @Override
  public void close() {
    take();
    account.close();
  }
}
