package ee.supervisor.posix;

import java.util.Optional;

/**
 * A child of this process, by a handle that never means another process that got the same number
 * later. Safe for all threads.
 */
public sealed interface Child extends AutoCloseable permits PidFd, WaitedChild {
  /** Its process id. */
  int pid();

  /**
   * What to wait for: readable once the child has ended. Empty where the kernel has nothing to wait
   * for, see {@link Children#whenEnded}.
   */
  Optional<Fd> descriptor();

  /**
   * Sends a signal to this process and to no other.
   *
   * @throws PosixException ESRCH when it has ended and was waited for
   */
  void send(int signal) throws PosixException;

  /**
   * Sends a signal to every process of the group that it leads.
   *
   * @throws PosixException ESRCH when there is none, or the child was waited for
   */
  void sendToGroup(int signal) throws PosixException;

  @Override
  void close();
}
