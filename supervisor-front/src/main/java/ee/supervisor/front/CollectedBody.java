package ee.supervisor.front;

import ee.supervisor.budget.MemoryBudget;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A request's body while it arrives: memory is taken for what came, not for what was announced.
 * Confined to the event loop.
 */
final class CollectedBody {
  /** The largest that is taken; an XML-RPC call of that size is none that anybody makes. */
  static final int MAX_BYTES = 8 << 20;

  private static final int FIRST_BYTES = 8192;

  /** Of a body that is not accounted for, as those of nearly all calls. */
  private static final int FREE_BYTES = 2048;

  private final MemoryBudget.Account account;
  private final long announced;
  private byte[] bytes = {};
  private int length;

  /**
   * @param account holds what it takes; closed by who owns the request
   * @param announced its length, negative where that is not known
   */
  CollectedBody(MemoryBudget.Account account, long announced) {
    this.account = account;
    this.announced = announced;
  }

  /** What became of a piece. */
  enum Outcome {
    TAKEN,
    TOO_LARGE,
    NO_MEMORY
  }

  /** Adds a copy of what can be read of {@code piece}. */
  Outcome add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > MAX_BYTES - length) {
      return Outcome.TOO_LARGE;
    }
    if (length + more > bytes.length && !grow(length + more)) {
      return Outcome.NO_MEMORY;
    }
    piece.getBytes(piece.readerIndex(), bytes, length, more);
    length += more;
    return Outcome.TAKEN;
  }

  private boolean grow(int needed) {
    long wanted = Math.max(needed, Math.min(2L * bytes.length, MAX_BYTES));
    if (bytes.length == 0) {
      wanted = Math.max(needed, announced < 0 ? FIRST_BYTES : Math.min(announced, FIRST_BYTES));
    } else if (announced >= needed) {
      wanted = Math.min(wanted, announced);
    }
    if (wanted > FREE_BYTES && !account.take(wanted - account.held())) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, (int) wanted);
    return true;
  }

  /** All of it, without another copy where its length was announced. */
  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
