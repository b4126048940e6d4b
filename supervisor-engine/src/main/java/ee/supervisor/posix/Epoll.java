package ee.supervisor.posix;

import java.time.Duration;

/**
 * Waits for many descriptors at once (epoll(7), level-triggered). Confined to the thread that
 * waits, but for {@link #add} and {@link #remove}, which any thread may call.
 */
public final class Epoll implements AutoCloseable {
  /** Interest in, or report of: there is something to read, or the end of the file. */
  public static final int READABLE = 0x1;

  /** Interest in, or report of: there is room to write. */
  public static final int WRITABLE = 0x4;

  /** Report of: the other side of a pipe is gone, or the descriptor is broken. */
  public static final int ERROR = 0x8;

  /** Report of: all writers of a pipe are gone. What they left can still be read. */
  public static final int HANGUP = 0x10;

  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int BATCH = 256;

  /** struct epoll_event is packed on x86_64 only (epoll_ctl(2), <sys/epoll.h>). */
  private static final int EVENT_BYTES = Native.isX86() ? 12 : 16;

  private static final int TOKEN_OFFSET = EVENT_BYTES - Long.BYTES;

  private final Fd fd;
  private final NativeMemory events = new NativeMemory(BATCH * EVENT_BYTES);

  private Epoll(Fd fd) {
    this.fd = fd;
  }

  /** Called for each descriptor that is ready. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Something can be done with a descriptor. It may have been removed by the handling of another
     * one of the same batch, so {@code token} has to be looked up, not trusted.
     *
     * @param token what was given to {@link Epoll#add}
     * @param events {@link Epoll#READABLE} and the like, or-ed
     */
    void ready(long token, int events);
  }

  public static Epoll open() throws PosixException {
    return new Epoll(new Fd(Native.check(LibC.epoll_create1(EPOLL_CLOEXEC), "epoll_create1()")));
  }

  /**
   * Starts to watch a descriptor.
   *
   * @param interest {@link #READABLE}, {@link #WRITABLE}, or-ed; 0 for errors and hang-ups alone
   * @param token handed back with each report
   */
  public void add(Fd watched, int interest, long token) throws PosixException {
    control(Operation.ADD, watched, interest, token);
  }

  /**
   * Stops to watch a descriptor. To be called before it is closed: a child may still hold a copy,
   * and then closing ours does not end the reports.
   */
  public void remove(Fd watched) throws PosixException {
    control(Operation.DEL, watched, 0, 0);
  }

  private void control(Operation operation, Fd watched, int interest, long token)
      throws PosixException {
    try (NativeMemory event = new NativeMemory(EVENT_BYTES)) {
      event.putInt(0, interest);
      event.putLong(TOKEN_OFFSET, token);
      int result = LibC.epoll_ctl(fd.number(), operation.code, watched.number(), event.address());
      if (result < 0) {
        throw new PosixException("epoll_ctl(" + operation + ", " + watched + ")", Native.errno());
      }
    }
  }

  /** Waits until something is ready, however long that takes; otherwise as with a timeout. */
  public int await(Handler handler) throws PosixException {
    return awaitMillis(-1, handler);
  }

  /**
   * Waits until something is ready or {@code timeout} is over, and reports what is ready. A signal
   * may end the wait early.
   *
   * @param timeout zero or less does not wait; counted in milliseconds, rounded up
   * @return how many reports were made, 0 for none
   */
  public int await(Duration timeout, Handler handler) throws PosixException {
    return awaitNanos(timeout.toNanos(), handler);
  }

  /** As {@link #await(Duration, Handler)} without an object for the time, in nanoseconds. */
  public int awaitNanos(long timeoutNanos, Handler handler) throws PosixException {
    long millis = timeoutNanos <= 0 ? 0 : (timeoutNanos - 1) / 1_000_000 + 1;
    return awaitMillis((int) Math.min(millis, Integer.MAX_VALUE), handler);
  }

  private int awaitMillis(int timeoutMillis, Handler handler) throws PosixException {
    int count = LibC.epoll_wait(fd.number(), events.address(), BATCH, timeoutMillis);
    if (count < 0) {
      Errno errno = Native.errno();
      if (errno.equals(Errno.EINTR)) {
        return 0;
      }
      throw new PosixException("epoll_wait(" + fd + ")", errno);
    }
    for (int i = 0; i < count; i++) {
      int offset = i * EVENT_BYTES;
      handler.ready(events.getLong(offset + TOKEN_OFFSET), events.getInt(offset));
    }
    return count;
  }

  @Override
  public void close() {
    fd.close();
  }

  private enum Operation {
    ADD(1),
    DEL(2);

    final int code;

    Operation(int code) {
      this.code = code;
    }
  }
}
