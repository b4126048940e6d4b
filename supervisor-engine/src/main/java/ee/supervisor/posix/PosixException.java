package ee.supervisor.posix;

import java.io.IOException;

/**
 * A system call that the kernel refused. The message names the call, its argument and the reason:
 * {@code epoll_ctl(ADD, fd 12): EBADF}.
 */
public final class PosixException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Errno errno;

  /**
   * A refused call.
   *
   * @param call the call as an operator would read it, arguments included
   * @param errno why it was refused
   */
  public PosixException(String call, Errno errno) {
    super(call + ": " + errno.name());
    this.errno = errno;
  }

  /** Why the call was refused. */
  public Errno errno() {
    return errno;
  }
}
