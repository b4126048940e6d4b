package ee.supervisor.posix;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor, closed exactly once however many threads try. Whoever holds it owns it;
 * using it while another thread closes it is the owners' bug, using it afterwards fails with EBADF.
 */
public final class Fd implements AutoCloseable {
  private static final int CLOSED = -1;

  private final AtomicInteger number;

  Fd(int number) {
    this.number = new AtomicInteger(number);
  }

  /**
   * Takes over a descriptor that this process was born with: 0, 1, 2 or one that was handed down.
   *
   * @param number the descriptor's number; nobody else may close it from now on
   */
  public static Fd adopt(int number) {
    return new Fd(number);
  }

  /**
   * The kernel's number for it.
   *
   * @throws PosixException EBADF when it has been closed
   */
  int number() throws PosixException {
    int open = number.get();
    if (open == CLOSED) {
      throw new PosixException("use of a closed descriptor", Errno.EBADF);
    }
    return open;
  }

  /** False once it has been closed. */
  public boolean isOpen() {
    return number.get() != CLOSED;
  }

  /**
   * Closes it; does nothing the second time. What close(2) reports is of no use: Linux frees the
   * number in any case, and failed writes were reported by write.
   */
  @Override
  public void close() {
    int open = number.getAndSet(CLOSED);
    if (open != CLOSED) {
      LibC.close(open);
    }
  }

  /** {@code fd 12}, or {@code closed fd}. */
  @Override
  public String toString() {
    int open = number.get();
    return open == CLOSED ? "closed fd" : "fd " + open;
  }
}
