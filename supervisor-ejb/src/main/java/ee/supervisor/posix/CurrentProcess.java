package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import ee.supervisor.posix.ResourceLimit.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What supervisord may change about its own process, all threads of the JVM included. */
public final class CurrentProcess {
  private static final int SIG_SETMASK = 2;
  private static final int SIGSET_BYTES = 128;
  private static final int FIRST_AFTER_STDERR = 3;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;

  private CurrentProcess() {}

  /** Its process id. */
  public static int pid() {
    return LibC.getpid();
  }

  /** Its real user id. */
  public static int uid() {
    return LibC.getuid();
  }

  /** Sets the umask, 0 to 0777, and returns the one before. */
  public static int umask(int mask) {
    return LibC.umask(mask);
  }

  /** What the process may use of {@code resource}. */
  public static ResourceLimit limit(Resource resource) throws PosixException {
    try (NativeMemory limit = new NativeMemory(2 * Long.BYTES)) {
      check(LibC.getrlimit(resource.code, limit.address()), "getrlimit", resource);
      return new ResourceLimit(limit.getLong(0), limit.getLong(Long.BYTES));
    }
  }

  /**
   * Changes what the process, and every child from now on, may use of {@code resource}.
   *
   * @throws PosixException EPERM when the hard limit is raised without being root
   */
  public static void setLimit(Resource resource, ResourceLimit wanted) throws PosixException {
    try (NativeMemory limit = wanted.toMemory()) {
      check(LibC.setrlimit(resource.code, limit.address()), "setrlimit", resource);
    }
  }

  /**
   * Leaves the terminal: a session and a process group of its own.
   *
   * @throws PosixException EPERM when it already leads a process group
   */
  public static void startSession() throws PosixException {
    check(LibC.setsid(), "setsid()");
  }

  /** Lets go of stdin, stdout and stderr: from now on they are /dev/null. */
  public static void detachStandardStreams() throws PosixException {
    try (Fd nothing = Kernel.open(Path.of("/dev/null"), Kernel.O_RDWR, 0)) {
      for (int standard = 0; standard < FIRST_AFTER_STDERR; standard++) {
        check(LibC.dup2(nothing.number(), standard), "dup2", standard);
      }
    }
  }

  /** Changes the directory that native calls and children start from; Java's own paths stay. */
  public static void changeDirectory(Path directory) throws PosixException {
    try (NativeMemory name = NativeMemory.ofString(directory.toString())) {
      check(LibC.chdir(name.address()), "chdir", directory);
    }
  }

  /** Becomes another user for good, with that user's groups: in every thread (glibc sees to it). */
  public static void become(User user) throws PosixException {
    List<Integer> groups = Users.groups(user);
    try (NativeMemory ids = NativeMemory.ofInts(groups)) {
      check(LibC.setgroups(groups.size(), ids.address()), "setgroups", groups);
    }
    check(LibC.setgid(user.gid()), "setgid", user.gid());
    check(LibC.setuid(user.uid()), "setuid", user.uid());
  }

  /**
   * Replaces this process by another program, which gets the same process id, descriptors 0, 1 and
   * 2, and an empty signal mask. Returns only by an exception.
   *
   * @param file the program, absolute
   * @param argv its arguments, its own name first
   * @param environment all its variables
   */
  public static void exec(Path file, List<String> argv, Map<String, String> environment)
      throws PosixException {
    try (NativeMemory path = NativeMemory.ofString(file.toString());
        NativeMemory arguments = NativeMemory.ofStrings(argv);
        NativeMemory variables = NativeMemory.ofEnvironment(environment);
        NativeMemory noSignals = new NativeMemory(SIGSET_BYTES)) {
      closeOnExecAllButStandard();
      LibC.sigemptyset(noSignals.address());
      Native.checkNumber(
          LibC.pthread_sigmask(SIG_SETMASK, noSignals.address(), 0), "pthread_sigmask");
      check(LibC.execve(path.address(), arguments.address(), variables.address()), "execve", file);
    }
  }

  /**
   * The JVM's jars, sockets and logs are not close-on-exec; the next program has no use for them.
   */
  private static void closeOnExecAllButStandard() throws PosixException {
    for (int number : OpenDescriptors.numbers()) {
      if (number >= FIRST_AFTER_STDERR) {
        LibC.fcntl(number, F_SETFD, FD_CLOEXEC);
      }
    }
  }
}
