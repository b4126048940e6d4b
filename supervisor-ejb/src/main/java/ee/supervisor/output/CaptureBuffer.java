package ee.supervisor.output;

import java.util.Arrays;

/**
 * Holds what a process says between the PROCESS_COMMUNICATION tokens, up to {@code
 * capture_maxbytes}.
 *
 * <p>Its bound is Supervisor's: a piece that doesn't fit pushes out as many of the oldest bytes as
 * it has itself; a piece larger than the bound is kept whole.
 */
final class CaptureBuffer {
  private final long maxBytes;
  private byte[] held = new byte[0];
  private int start;
  private int end;

  CaptureBuffer(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  void append(byte[] piece) {
    if ((long) (end - start) + piece.length > maxBytes) {
      start = Math.min(end, start + piece.length);
    }
    if (end + piece.length > held.length) {
      byte[] larger = new byte[Math.max(end - start + piece.length, 2 * (end - start))];
      System.arraycopy(held, start, larger, 0, end - start);
      held = larger;
      end -= start;
      start = 0;
    }
    System.arraycopy(piece, 0, held, end, piece.length);
    end += piece.length;
  }

  /** What is held; empties the buffer and gives its memory back. */
  byte[] take() {
    byte[] taken = Arrays.copyOfRange(held, start, end);
    held = new byte[0];
    start = 0;
    end = 0;
    return taken;
  }
}
