package ee.supervisor.posix;

import ee.supervisor.protocol.Signals;
import java.util.List;
import java.util.Optional;

/**
 * A process by descriptor (pidfd_open(2), Linux 5.3): it becomes readable when the process has
 * ended, and it never means another process that got the same number later.
 */
public final class PidFd implements Child {
  /** The same number on x86_64 and aarch64, as of all calls since Linux 5.0. */
  private static final long SYS_PIDFD_OPEN = 434;

  private static final long SYS_PIDFD_SEND_SIGNAL = 424;

  private final int pid;
  private final Fd fd;

  private PidFd(int pid, Fd fd) {
    this.pid = pid;
    this.fd = fd;
  }

  /**
   * A descriptor for the process; close-on-exec.
   *
   * @throws PosixException ESRCH when there is no such process
   */
  public static PidFd open(int pid) throws PosixException {
    long number = LibC.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0);
    Fd fd = new Fd(Native.check((int) number, "pidfd_open", pid));
    return new PidFd(pid, OpenFileLimit.outOfTheWay(fd));
  }

  /**
   * Whether this system has them: Linux before 5.3 answers ENOSYS, seccomp profiles of that time
   * EPERM.
   */
  static boolean isSupported() {
    try (PidFd self = open(CurrentProcess.pid())) {
      self.send(0);
      return true;
    } catch (PosixException e) {
      return !List.of(Errno.ENOSYS, Errno.EPERM).contains(e.errno());
    }
  }

  @Override
  public int pid() {
    return pid;
  }

  /** What to wait for: readable once the process has ended. */
  public Fd fd() {
    return fd;
  }

  @Override
  public Optional<Fd> descriptor() {
    return Optional.of(fd);
  }

  @Override
  public void send(int signal) throws PosixException {
    long result = LibC.syscall(SYS_PIDFD_SEND_SIGNAL, fd.number(), signal, 0, 0);
    if (result < 0) {
      throw new PosixException(
          "pidfd_send_signal(" + pid + ", " + Signals.name(signal) + ")", Native.errno());
    }
  }

  /** Not waited for yet, the child keeps its number, and with it the group's. */
  @Override
  public void sendToGroup(int signal) throws PosixException {
    if (!fd.isOpen()) {
      throw new PosixException(
          "kill(group " + pid + ", " + Signals.name(signal) + ")", Errno.ESRCH);
    }
    Kernel.killGroup(pid, signal);
  }

  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return "pid " + pid;
  }
}
