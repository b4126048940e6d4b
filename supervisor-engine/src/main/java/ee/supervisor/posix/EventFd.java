package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Wakes the thread that waits in an {@link Epoll}, from any other thread (eventfd(2)). */
public final class EventFd implements AutoCloseable {
  private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

  /** What is added to the counter; shared by all, since it is only read. */
  private static final NativeMemory ONE = NativeMemory.ofLong(1);

  /** Added to {@link #users} once it is closed. */
  private static final int CLOSED = Integer.MIN_VALUE / 2;

  private final Fd fd;

  /**
   * How many threads are signalling. The last of them closes the descriptor, lest one writes to a
   * number that is somebody else's by then.
   */
  private final AtomicInteger users = new AtomicInteger();

  private final AtomicBoolean closed = new AtomicBoolean();
  private final ByteBuffer counter = ByteBuffer.allocateDirect(Long.BYTES);

  private EventFd(Fd fd) {
    this.fd = fd;
  }

  public static EventFd open() throws PosixException {
    return new EventFd(new Fd(check(LibC.eventfd(0, EFD_CLOEXEC_NONBLOCK), "eventfd()")));
  }

  /** What to wait for: readable when somebody has called {@link #signal} since the last drain. */
  public Fd fd() {
    return fd;
  }

  /**
   * Makes it readable. Any thread may call it, many times over: the waiter wakes once.
   *
   * @throws PosixException EBADF when it has been closed
   */
  public void signal() throws PosixException {
    try {
      if (users.getAndIncrement() < 0) {
        throw new PosixException("use of a closed eventfd", Errno.EBADF);
      }
      long written = LibC.write(fd.number(), ONE.address(), Long.BYTES);
      if (written < 0 && !Native.errno().equals(Errno.EAGAIN)) {
        throw new PosixException("write(" + fd + ")", Native.errno());
      }
    } finally {
      leave(users.decrementAndGet());
    }
  }

  private void leave(int usersLeft) {
    if (usersLeft == CLOSED) {
      fd.close();
    }
  }

  /** Makes it unreadable again. For the waiting thread only, before it looks for its work. */
  public void drain() throws PosixException {
    Kernel.read(fd, counter.clear());
  }

  /** Closes it once nobody is signalling any more; does nothing the second time. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      leave(users.addAndGet(CLOSED));
    }
  }
}
