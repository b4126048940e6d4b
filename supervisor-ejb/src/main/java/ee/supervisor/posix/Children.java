package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which children are ours, so that a supervisord that is process 1 can tell them from the
 * orphans it inherits. Nobody else's child is ever waited for.
 *
 * <p>The spawner thread adds a child and looks for orphans, hence no child of ours can be in the
 * making while it looks; any thread may reap one that is known.
 */
public final class Children {
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x1000000;
  private static final int P_ALL = 0;
  private static final int SIGINFO_BYTES = 128;
  private static final int SI_PID_OFFSET = 16;

  private final Map<Integer, PidFd> ours = new ConcurrentHashMap<>();

  Children() {}

  void add(PidFd child) {
    ours.put(child.pid(), child);
  }

  /**
   * Takes the status of a child that has ended; from then on its number may be another's.
   *
   * @return empty while it is still running
   * @throws PosixException ECHILD when it was waited for before
   */
  public Optional<WaitStatus> reap(PidFd child) throws PosixException {
    Optional<WaitStatus> status = waitFor(child.pid(), WNOHANG);
    if (status.isPresent()) {
      // By identity: the spawner may have got the same number again since waitpid returned.
      ours.remove(child.pid(), child);
    }
    return status;
  }

  static Optional<WaitStatus> waitFor(int pid, int options) throws PosixException {
    try (NativeMemory status = new NativeMemory(Integer.BYTES)) {
      int reaped = check(LibC.waitpid(pid, status.address(), options), "waitpid", pid);
      return reaped == 0 ? Optional.empty() : Optional.of(new WaitStatus(status.getInt(0)));
    }
  }

  /**
   * Reaps one orphan, if there is one and no ended child of ours stands before it in the kernel's
   * list: that one will be reaped soon by its owner, and the caller looks again later. A child that
   * other Java code started looks like an orphan, so only process 1 should ask.
   *
   * @return the orphan's process id
   */
  OptionalInt reapOrphan() {
    try (NativeMemory info = new NativeMemory(SIGINFO_BYTES);
        NativeMemory status = new NativeMemory(Integer.BYTES)) {
      // Refused only with ECHILD, when there are no children at all.
      LibC.waitid(P_ALL, 0, info.address(), WEXITED | WNOHANG | WNOWAIT);
      int pid = info.getInt(SI_PID_OFFSET);
      boolean orphan = pid != 0 && !ours.containsKey(pid);
      return orphan && LibC.waitpid(pid, status.address(), WNOHANG) == pid
          ? OptionalInt.of(pid)
          : OptionalInt.empty();
    }
  }
}
