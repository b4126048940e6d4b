package ee.supervisor.posix;

import ee.supervisor.protocol.Signals;
import java.util.Optional;

/**
 * A child on a system without pidfd, known by its number alone. The number is the child's until it
 * is waited for, which happens here; the lock keeps signals from going to whoever has it after.
 */
final class WaitedChild implements Child {
  private final int pid;
  private Optional<WaitStatus> status = Optional.empty();
  private Optional<Runnable> onEnd = Optional.empty();

  WaitedChild(int pid) {
    this.pid = pid;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public Optional<Fd> descriptor() {
    return Optional.empty();
  }

  @Override
  public synchronized void send(int signal) throws PosixException {
    requireUnreaped(signal);
    Kernel.kill(pid, signal);
  }

  @Override
  public synchronized void sendToGroup(int signal) throws PosixException {
    requireUnreaped(signal);
    Kernel.killGroup(pid, signal);
  }

  private void requireUnreaped(int signal) throws PosixException {
    if (status.isPresent()) {
      throw new PosixException("kill(" + pid + ", " + Signals.name(signal) + ")", Errno.ESRCH);
    }
  }

  /** How it ended, once it was waited for. */
  synchronized Optional<WaitStatus> status() {
    return status;
  }

  /**
   * Waits for it if it has ended; then whoever asked for that is notified.
   *
   * @return whether it has ended
   */
  boolean reapIfEnded() {
    Optional<Runnable> told;
    synchronized (this) {
      if (status.isPresent()) {
        return true;
      }
      status = Children.waitIfEnded(pid);
      if (status.isEmpty()) {
        return false;
      }
      told = onEnd;
      onEnd = Optional.empty();
    }
    told.ifPresent(Runnable::run);
    return true;
  }

  /** Has {@code action} run once it has ended, on whichever thread notices; at once if it has. */
  void whenEnded(Runnable action) {
    synchronized (this) {
      if (status.isEmpty()) {
        onEnd = Optional.of(action);
        return;
      }
    }
    action.run();
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return "pid " + pid;
  }
}
