package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.util.List;
import java.util.Optional;

/**
 * Another user's rights to files, for the calling thread and as long as this is open: what may that
 * user enter, what execute? Confined to the spawner thread.
 *
 * <p>Only the filesystem ids and groups change (setfsuid(2)). With the real or saved id changed
 * too, any process of that user could kill the thread, and with it the JVM.
 */
final class ThreadCredentials implements AutoCloseable {
  /** The libc's setgroups() changes every thread; the bare call changes one. */
  private static final long SYS_SETGROUPS = Native.isX86() ? 116 : 159;

  private static final int PR_SET_DUMPABLE = 4;
  private static final int ROOT = 0;

  private final List<Integer> ownGroups;

  private ThreadCredentials(List<Integer> ownGroups) {
    this.ownGroups = ownGroups;
  }

  /**
   * Takes on {@code user}'s rights.
   *
   * @throws PosixException EPERM when this process may not
   */
  static ThreadCredentials assume(Account user, List<Integer> groups) throws PosixException {
    ThreadCredentials credentials = new ThreadCredentials(ownGroups());
    setGroups(groups);
    LibC.setfsgid(user.gid());
    LibC.setfsuid(user.uid());
    return credentials;
  }

  private static List<Integer> ownGroups() throws PosixException {
    int count = check(LibC.getgroups(0, 0), "getgroups()");
    try (NativeMemory ids = new NativeMemory(Integer.BYTES * Math.max(count, 1))) {
      return ids.getInts(check(LibC.getgroups(count, ids.address()), "getgroups()"));
    }
  }

  private static void setGroups(List<Integer> groups) throws PosixException {
    try (NativeMemory ids = NativeMemory.ofInts(groups)) {
      long result = LibC.syscall(SYS_SETGROUPS, groups.size(), ids.address(), 0, 0);
      check((int) result, "setgroups", groups);
    }
  }

  /** Why the user may not execute the file. */
  Optional<Errno> refusalToExecute(String path) {
    return Kernel.refusalToExecute(path);
  }

  /** Goes back to root's rights. */
  @Override
  public void close() throws PosixException {
    LibC.setfsuid(ROOT);
    LibC.setfsgid(ROOT);
    setGroups(ownGroups);
    // A change of ids makes the process unreadable to debuggers and core dumps (prctl(2)).
    LibC.prctl(PR_SET_DUMPABLE, 1);
  }
}
