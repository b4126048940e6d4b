package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Wakes the thread that waits in an {@link Epoll}, from any other thread (eventfd(2)). */
public final class EventFd implements AutoCloseable {
  private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

  private final Fd fd;
  private final ByteBuffer counter =
      ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());

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
    ByteBuffer one = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    Kernel.write(fd, one.putLong(0, 1L));
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
