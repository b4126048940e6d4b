package ee.supervisor.posix;

import ee.supervisor.posix.ResourceLimit.Resource;
import java.util.function.IntSupplier;

/**
 * The limit on open files (RLIMIT_NOFILE): as high as it may be for supervisord, which holds five
 * and more for each child, and for the children what it was.
 *
 * <p>A child inherits the limit of the process at the moment of posix_spawn(3), whose file actions
 * know no setrlimit. So the limit is lowered for that moment, half a millisecond, while other
 * threads go on: those would get EMFILE for every descriptor from the lower limit up. That they
 * never need one is seen to in two ways. What stays open for long because of a child is moved up
 * beyond the lower limit ({@link #outOfTheWay}), so what is below is left to jars and connections;
 * and when its last {@value #ROOM} numbers, which the kernel hands out last, are not free, nothing
 * is lowered: prlimit(2) gives the child its limit just after it has been made. Only then a child
 * that looks at once could see ours.
 *
 * <p>The limit is the process's, hence so is this: there is one. Safe for all threads.
 */
public final class OpenFileLimit {
  /** How many of the highest numbers must be free before the limit is lowered to them. */
  private static final int ROOM = 32;

  /** To move beyond a higher limit would make the kernel's table of descriptors a large one. */
  private static final long HIGHEST_FLOOR = 1 << 14;

  /** What children leave for connections, logs and whatever supervisord itself has to open. */
  private static final long MOST_RESERVED = 64;

  private static final int RESERVED_PART = 8;
  private static final int POLLFD_BYTES = 8;
  private static final int POLLFD_REVENTS_OFFSET = 6;
  private static final int POLLNVAL = 0x20;
  private static final int F_DUPFD_CLOEXEC = 1030;

  /** What supervisord was given, for children; and what it has made of it for itself. */
  private record Limits(
      ResourceLimit given, boolean raised, NativeMemory children, NativeMemory own) {

    boolean isMovedBeyond() {
      return raised && given.soft() <= HIGHEST_FLOOR;
    }

    /** Whether a child would take a number that is not for children. */
    boolean isReserved(long number) {
      long end = given.soft();
      return end != ResourceLimit.UNLIMITED
          && number < end
          && number >= end - Math.min(MOST_RESERVED, end / RESERVED_PART);
    }
  }

  /** Null until {@link #raise}. */
  private static volatile Limits limits;

  private OpenFileLimit() {}

  /**
   * Raises this process's limit as far as it may go, for good. Children made by {@link Spawner}
   * keep the one that holds now.
   */
  public static synchronized void raise() throws PosixException {
    ResourceLimit given = CurrentProcess.limit(Resource.NOFILE);
    ResourceLimit own = new ResourceLimit(given.hard(), given.hard());
    boolean raised = given.soft() != given.hard();
    if (raised) {
      CurrentProcess.setLimit(Resource.NOFILE, own);
    }
    limits = new Limits(given, raised, given.toMemory(), own.toMemory());
  }

  /** Takes {@link #raise} back. */
  static synchronized void restore() throws PosixException {
    if (limits != null) {
      CurrentProcess.setLimit(Resource.NOFILE, limits.given());
      limits = null;
    }
  }

  /**
   * Moves a descriptor that will be open for long beyond the children's limit, if that differs from
   * ours.
   *
   * @param fd closed when it was moved
   * @return the descriptor to go on with; {@code fd} itself when it could not be moved
   */
  public static Fd outOfTheWay(Fd fd) throws PosixException {
    Limits known = limits;
    if (known == null || !known.isMovedBeyond() || fd.number() >= known.given().soft()) {
      return fd;
    }
    int moved = LibC.fcntl(fd.number(), F_DUPFD_CLOEXEC, known.given().soft());
    if (moved < 0) {
      return fd;
    }
    fd.close();
    return new Fd(moved);
  }

  /**
   * As {@link #outOfTheWay}, for the first descriptors of a child.
   *
   * @throws PosixException EMFILE when so few are left that supervisord needs them; {@code fd} is
   *     closed then
   */
  static Fd forChild(Fd fd) throws PosixException {
    Fd moved = outOfTheWay(fd);
    Limits known = limits;
    if (known != null && known.isReserved(moved.number())) {
      moved.close();
      throw new PosixException("descriptors for a child", Errno.EMFILE);
    }
    return moved;
  }

  /**
   * Runs posix_spawn so that the child has the children's limit.
   *
   * @param spawn returns 0 or the error number
   * @param pid the child's, once {@code spawn} has returned 0
   * @return what {@code spawn} returned
   */
  static int spawn(IntSupplier spawn, IntSupplier pid) {
    Limits known = limits;
    return known == null || !known.raised() ? spawn.getAsInt() : spawnLimited(known, spawn, pid);
  }

  /** One at a time: the limit that one takes back would be the other child's. */
  private static synchronized int spawnLimited(Limits known, IntSupplier spawn, IntSupplier pid) {
    int nofile = Resource.NOFILE.code;
    if (hasRoomBelow(known.given().soft())
        && LibC.setrlimit(nofile, known.children().address()) == 0) {
      try {
        return spawn.getAsInt();
      } finally {
        LibC.setrlimit(nofile, known.own().address());
      }
    }
    int error = spawn.getAsInt();
    if (error == 0) {
      // Refused when it has become another user by now, and we may not touch others' processes.
      LibC.prlimit(pid.getAsInt(), nofile, known.children().address(), 0);
    }
    return error;
  }

  private static boolean hasRoomBelow(long soft) {
    if (soft < ROOM) {
      return false;
    }
    // poll(2) looks at all of them at once, and says of each that is not open that it is not.
    try (NativeMemory entries = new NativeMemory(ROOM * POLLFD_BYTES)) {
      for (int i = 0; i < ROOM; i++) {
        entries.putInt(i * POLLFD_BYTES, (int) soft - ROOM + i);
      }
      if (LibC.poll(entries.address(), ROOM, 0) != ROOM) {
        return false;
      }
      for (int i = 0; i < ROOM; i++) {
        if (entries.getUnsignedShort(i * POLLFD_BYTES + POLLFD_REVENTS_OFFSET) != POLLNVAL) {
          return false;
        }
      }
      return true;
    }
  }
}
