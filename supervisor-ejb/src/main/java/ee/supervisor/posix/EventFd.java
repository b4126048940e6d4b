package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.nio.ByteBuffer;

/** Wakes the thread that waits in an {@link Epoll}, from any other thread (eventfd(2)). */
public final class EventFd implements AutoCloseable {
  private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

  /** What is added to the counter; shared by all, since it is only read. */
  private static final NativeMemory ONE = NativeMemory.ofLong(1);

  private final Fd fd;
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

  /** Makes it readable. Any thread may call it, many times over: the waiter wakes once. */
  public void signal() throws PosixException {
    long written = LibC.write(fd.number(), ONE.address(), Long.BYTES);
    if (written < 0 && !Native.errno().equals(Errno.EAGAIN)) {
      throw new PosixException("write(" + fd + ")", Native.errno());
    }
  }

  /** Makes it unreadable again. For the waiting thread only, before it looks for its work. */
  public void drain() throws PosixException {
    Kernel.read(fd, counter.clear());
  }

  @Override
  public void close() {
    fd.close();
  }
}
