package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import ee.supervisor.protocol.Signals;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The system calls on descriptors and processes, checked: a refused call is a {@link
 * PosixException} that names it.
 */
public final class Kernel {
  /** What {@link #read} and {@link #write} return when the descriptor would have blocked. */
  public static final int WOULD_BLOCK = -1;

  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  public static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;

  private static final int FIRST_AFTER_STDERR = 3;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int POLLFD_BYTES = 8;
  private static final int POLLOUT = 4;
  private static final int PIPE_BUF = 4096;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_SETPIPE_SZ = 1031;

  /** struct flock on 64-bit Linux: two shorts, the first of them the kind, start, length, pid. */
  private static final int F_OFD_SETLK = 37;

  private static final int FLOCK_BYTES = 32;
  private static final int FLOCK_START_OFFSET = 8;
  private static final int FLOCK_LENGTH_OFFSET = 16;
  private static final int F_WRLCK = 1;
  private static final int X_OK = 1;
  private static final int AT_EACCESS = 0x200;

  /** The same number on x86_64 and aarch64; Linux 5.8. */
  private static final long SYS_FACCESSAT2 = 439;

  private static final int AT_FDCWD = -100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_TYPE_MODE_LINKS_SIZE = 0x1 | 0x2 | 0x4 | 0x200;

  private Kernel() {}

  /**
   * Reads into {@code buffer} from its position on, and advances the position.
   *
   * @param buffer a direct buffer with room
   * @return the number of bytes, 0 at the end of the file, {@link #WOULD_BLOCK} when there is
   *     nothing yet (also when a signal came first)
   */
  public static int read(Fd fd, ByteBuffer buffer) throws PosixException {
    long count = LibC.read(fd.number(), position(buffer), buffer.remaining());
    return transferred(count, "read", fd, buffer);
  }

  /**
   * Writes from {@code buffer}'s position on, and advances the position by what was written.
   *
   * @param buffer a direct buffer
   * @return the number of bytes, or {@link #WOULD_BLOCK} when there is no room (also when a signal
   *     came first)
   */
  public static int write(Fd fd, ByteBuffer buffer) throws PosixException {
    long count = LibC.write(fd.number(), position(buffer), buffer.remaining());
    return transferred(count, "write", fd, buffer);
  }

  /**
   * As {@link #write}, to a socket: it may be a blocking one, and nobody is signalled when the
   * other side has gone.
   */
  public static int sendNow(Fd fd, ByteBuffer buffer) throws PosixException {
    long count =
        LibC.send(fd.number(), position(buffer), buffer.remaining(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return transferred(count, "send", fd, buffer);
  }

  /**
   * As {@link #write}, to a pipe or terminal that may be a blocking one: no more than it has room
   * for when it is said to be writable (pipe(7)).
   */
  static int writeNow(Fd fd, ByteBuffer buffer) throws PosixException {
    try (NativeMemory entry = new NativeMemory(POLLFD_BYTES)) {
      entry.putInt(0, fd.number());
      entry.putInt(Integer.BYTES, POLLOUT);
      if (LibC.poll(entry.address(), 1, 0) == 0) {
        return WOULD_BLOCK;
      }
    }
    int length = Math.min(buffer.remaining(), PIPE_BUF);
    long count = LibC.write(fd.number(), position(buffer), length);
    return transferred(count, "write", fd, buffer);
  }

  private static long position(ByteBuffer buffer) {
    return Native.addressOf(buffer) + buffer.position();
  }

  private static int transferred(long count, String call, Fd fd, ByteBuffer buffer)
      throws PosixException {
    if (count < 0) {
      Errno errno = Native.errno();
      if (errno.equals(Errno.EAGAIN) || errno.equals(Errno.EINTR)) {
        return WOULD_BLOCK;
      }
      throw new PosixException(call + "(" + fd + ")", errno);
    }
    buffer.position(buffer.position() + (int) count);
    return (int) count;
  }

  /**
   * Opens a file; the descriptor is close-on-exec.
   *
   * @param flags {@code O_} constants of this class, or-ed
   * @param mode permissions of a file that is made, less the umask
   */
  public static Fd open(Path path, int flags, int mode) throws PosixException {
    PromptThread.assertNotOn("open", path);
    try (NativeMemory name = NativeMemory.ofString(path.toString())) {
      return new Fd(check(LibC.open(name.address(), flags | O_CLOEXEC, mode), "open", path));
    }
  }

  /** Makes a pipe; both ends block and are close-on-exec, neither is 0, 1 or 2. */
  public static Pipe pipe() throws PosixException {
    try (Acquired acquired = new Acquired();
        NativeMemory pair = new NativeMemory(2 * Integer.BYTES)) {
      check(LibC.pipe2(pair.address(), O_CLOEXEC), "pipe2()");
      Pipe made =
          acquired.add(new Pipe(new Fd(pair.getInt(0)), new Fd(pair.getInt(Integer.BYTES))));
      Fd readEnd = acquired.add(aboveStandard(made.readEnd()));
      Fd writeEnd = acquired.add(aboveStandard(made.writeEnd()));
      Pipe pipe = new Pipe(readEnd, writeEnd);
      acquired.keep();
      return pipe;
    }
  }

  /** A pipe end that took the place of a closed 0, 1 or 2 would be overwritten in the child. */
  private static Fd aboveStandard(Fd fd) throws PosixException {
    return fd.number() >= FIRST_AFTER_STDERR ? fd : moved(fd, FIRST_AFTER_STDERR);
  }

  /** Gives a descriptor the first free number from {@code least} on; {@code fd} is closed. */
  static Fd moved(Fd fd, int least) throws PosixException {
    try (fd) {
      return new Fd(
          check(LibC.fcntl(fd.number(), F_DUPFD_CLOEXEC, least), "fcntl(F_DUPFD_CLOEXEC)"));
    }
  }

  /** Makes reads and writes return {@link #WOULD_BLOCK} rather than wait. */
  public static void setNonBlocking(Fd fd) throws PosixException {
    int flags = check(LibC.fcntl(fd.number(), F_GETFL, 0), "fcntl(F_GETFL)", fd);
    check(LibC.fcntl(fd.number(), F_SETFL, flags | O_NONBLOCK), "fcntl(F_SETFL)", fd);
  }

  /** As {@link #setNonBlocking}, for a new pipe or socket, which has no other flag to keep. */
  static void setNonBlockingAlone(Fd fd) throws PosixException {
    check(LibC.fcntl(fd.number(), F_SETFL, O_NONBLOCK), "fcntl(F_SETFL)", fd);
  }

  /**
   * Widens a pipe, if the kernel lets us: it refuses above /proc/sys/fs/pipe-max-size, and when the
   * user has too many wide pipes (pipe(7)). The pipe works as well with its 64 KiB.
   *
   * @param bytes the capacity wished for
   * @return whether it was widened
   */
  public static boolean trySetPipeCapacity(Fd fd, int bytes) throws PosixException {
    return LibC.fcntl(fd.number(), F_SETPIPE_SZ, bytes) >= 0;
  }

  /**
   * Locks a byte of a file for as long as the descriptor is open, however often this process opens
   * and closes the file beside it (open file description locks, fcntl(2); Linux 3.15). It need not
   * be a byte that the file has.
   *
   * @param fd open for writing
   * @return false when somebody else has locked it
   * @throws PosixException when the file system knows no locks
   */
  public static boolean tryLock(Fd fd, long offset) throws PosixException {
    try (NativeMemory lock = new NativeMemory(FLOCK_BYTES)) {
      lock.putInt(0, F_WRLCK);
      lock.putLong(FLOCK_START_OFFSET, offset);
      lock.putLong(FLOCK_LENGTH_OFFSET, 1);
      if (LibC.fcntl(fd.number(), F_OFD_SETLK, lock.address()) == 0) {
        return true;
      }
      Errno errno = Native.errno();
      if (errno.equals(Errno.EAGAIN) || errno.equals(Errno.EACCES)) {
        return false;
      }
      throw new PosixException("fcntl(F_OFD_SETLK, " + fd + ")", errno);
    }
  }

  /**
   * A second descriptor for what one that this process was born with leads to; close-on-exec.
   *
   * @throws PosixException EBADF when there is no such descriptor
   */
  public static Fd duplicate(int number) throws PosixException {
    return new Fd(check(LibC.fcntl(number, F_DUPFD_CLOEXEC, FIRST_AFTER_STDERR), "dup", number));
  }

  /** What kind of file the descriptor leads to, and how long that is. */
  public static FileStatus status(Fd fd) throws PosixException {
    try (NativeMemory empty = new NativeMemory(1);
        NativeMemory result = new NativeMemory(FileStatus.STATX_BYTES)) {
      check(
          LibC.statx(
              fd.number(),
              empty.address(),
              AT_EMPTY_PATH,
              STATX_TYPE_MODE_LINKS_SIZE,
              result.address()),
          "statx",
          fd);
      return FileStatus.of(result);
    } catch (PosixException e) {
      return withoutStatx(e.errno(), "/proc/self/fd/" + fd.number()).orElseThrow(() -> e);
    }
  }

  /** What kind of file a path leads to, links followed; empty when it leads to none. */
  public static Optional<FileStatus> status(String path) {
    PromptThread.assertNotOn("statx", path);
    try (NativeMemory name = NativeMemory.ofString(path);
        NativeMemory result = new NativeMemory(FileStatus.STATX_BYTES)) {
      int failed =
          LibC.statx(AT_FDCWD, name.address(), 0, STATX_TYPE_MODE_LINKS_SIZE, result.address());
      return failed == 0 ? Optional.of(FileStatus.of(result)) : withoutStatx(Native.errno(), path);
    }
  }

  /** Linux before 4.11 has no statx(2), and seccomp profiles of its time refuse it. */
  private static Optional<FileStatus> withoutStatx(Errno refusal, String path) {
    return List.of(Errno.ENOSYS, Errno.EPERM).contains(refusal)
        ? FileStatus.byTheJdk(path)
        : Optional.empty();
  }

  /** Whether this process's real user may execute the file (access(2)). */
  static boolean mayExecute(String path) {
    PromptThread.assertNotOn("access", path);
    try (NativeMemory name = NativeMemory.ofString(path)) {
      return LibC.access(name.address(), X_OK) == 0;
    }
  }

  /**
   * Why the calling thread may not execute a file, or enter a directory, with the rights it has now
   * (access(2) asks for the real user). Empty when it may, and when an old kernel or a sandbox does
   * not know.
   */
  static Optional<Errno> refusalToExecute(String path) {
    PromptThread.assertNotOn("faccessat2", path);
    try (NativeMemory name = NativeMemory.ofString(path)) {
      long result = LibC.syscall(SYS_FACCESSAT2, AT_FDCWD, name.address(), X_OK, AT_EACCESS);
      return result == 0
          ? Optional.empty()
          : Optional.of(Native.errno())
              .filter(errno -> !errno.equals(Errno.ENOSYS) && !errno.equals(Errno.EPERM));
    }
  }

  /**
   * Sends a signal.
   *
   * @param pid whom; positive (a group has {@link #killGroup})
   * @param signal its number; 0 only asks whether the process is there
   * @throws PosixException ESRCH when there is no such process, EPERM when it is not ours
   */
  public static void kill(int pid, int signal) throws PosixException {
    sendSignal(requirePositive(pid), pid, signal);
  }

  /** Sends a signal to every process of a group, as {@link #kill} does to one. */
  public static void killGroup(int group, int signal) throws PosixException {
    sendSignal(-requirePositive(group), group, signal);
  }

  private static void sendSignal(int target, int pid, int signal) throws PosixException {
    if (LibC.kill(target, signal) < 0) {
      String whom = target < 0 ? "group " + pid : Integer.toString(pid);
      throw new PosixException("kill(" + whom + ", " + Signals.name(signal) + ")", Native.errno());
    }
  }

  /** kill(2) takes 0 and -1 as "all of mine" and "everybody": never what was meant. */
  private static int requirePositive(int pid) {
    if (pid <= 0) {
      throw new IllegalArgumentException("not a process id: " + pid);
    }
    return pid;
  }
}
