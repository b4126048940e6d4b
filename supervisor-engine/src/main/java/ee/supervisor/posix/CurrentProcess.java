package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ee.supervisor.posix.ResourceLimit.Resource;
import ee.supervisor.protocol.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What supervisord may change about its own process, all threads of the JVM included. */
public final class CurrentProcess {
  private static final long SIG_DFL = 0;
  private static final long SIG_IGN = 1;
  private static final int SIG_UNBLOCK = 1;
  private static final int SIG_SETMASK = 2;
  private static final int SIGACTION_BYTES = 152;

  /** Of the fields of /proc/PID/stat behind the name (proc(5)). */
  private static final int STAT_ARG_START = 45;

  private static final int SIGSET_BYTES = 128;
  private static final int FIRST_AFTER_STDERR = 3;

  /** 3 is kept for {@link QuitSignal}. */
  private static final int FIRST_AFTER_KEPT = 4;

  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;

  private CurrentProcess() {}

  /** Its process id. */
  public static int pid() {
    return LibC.getpid();
  }

  /**
   * Ends it at once. The JVM's own way, halt() too, first waits 300 ms for threads that are in
   * native calls (HotSpot: {@code VM_Exit::wait_for_threads_in_native_to_block}), and one of ours
   * always is: in epoll_wait(2), or in read(2) for {@link QuitSignal}.
   */
  public static void exit(int code) {
    System.out.flush();
    System.err.flush();
    try {
      // what jps(1) reads; the JVM removes it on its own way down
      Files.deleteIfExists(
          Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), Integer.toString(pid())));
    } catch (IOException | RuntimeException e) {
      // the next JVM of this user does
    }
    LibC.exit(code);
  }

  /** The program it executes: the JVM. */
  public static Path program() throws IOException {
    return Path.of("/proc/self/exe").toRealPath();
  }

  /** The arguments that program was started with, its own name first. */
  public static List<String> commandLine() throws IOException {
    List<String> arguments = new ArrayList<>();
    byte[] block = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    int start = 0;
    for (int end = 0; end < block.length; end++) {
      if (block[end] == 0) {
        arguments.add(NativeText.decode(Arrays.copyOfRange(block, start, end)));
        start = end + 1;
      }
    }
    return arguments;
  }

  /**
   * Has ps(1) and pgrep(1) show these arguments, which take as many bytes as those it was started
   * with; otherwise nothing changes. They are written where the kernel put those: whoever wants
   * {@link #commandLine} as it was asks before.
   */
  public static void showCommandLine(List<String> arguments) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String argument : arguments) {
      block.writeBytes(NativeText.encode(argument));
      block.write(0);
    }
    String stat = Files.readString(Path.of("/proc/self/stat"), ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
    long start = Long.parseLong(fields[STAT_ARG_START]);
    long end = Long.parseLong(fields[STAT_ARG_START + 1]);
    if (start != 0 && end - start == block.size()) {
      Native.write(start, block.toByteArray());
    }
  }

  /** Sets the name by which ps(1) and pgrep(1) know it; without /proc it stays the JVM's. */
  public static void name(String name) {
    try {
      Files.writeString(Path.of("/proc/self/comm"), name);
    } catch (IOException e) {
      // one more place where a name is missing, in a system that shows none
    }
  }

  /**
   * Gives signals that are ignored their default disposition, and lets all of them through. The JVM
   * refuses to handle what was ignored when it was started, as nohup(1) and a script's {@code &}
   * have it; with SIGCHLD ignored no child leaves a status; and some start their children with
   * signals blocked. The threads that this one starts from now on inherit the mask.
   */
  public static void hearSignals(List<Integer> numbers) throws PosixException {
    try (NativeMemory action = new NativeMemory(SIGACTION_BYTES);
        NativeMemory set = new NativeMemory(SIGSET_BYTES)) {
      long mask = 0;
      for (int number : numbers) {
        check(LibC.sigaction(number, 0, action.address()), "sigaction", Signals.name(number));
        if (action.getLong(0) == SIG_IGN) {
          action.putLong(0, SIG_DFL);
          check(LibC.sigaction(number, action.address(), 0), "sigaction", Signals.name(number));
        }
        mask |= 1L << (number - 1);
      }
      set.putLong(0, mask);
      Native.checkNumber(LibC.pthread_sigmask(SIG_UNBLOCK, set.address(), 0), "pthread_sigmask");
    }
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
  public static void become(Account user) throws PosixException {
    List<Integer> groups = Accounts.groups(user);
    try (NativeMemory ids = NativeMemory.ofInts(groups)) {
      check(LibC.setgroups(groups.size(), ids.address()), "setgroups", groups);
    }
    check(LibC.setgid(user.gid()), "setgid", user.gid());
    check(LibC.setuid(user.uid()), "setuid", user.uid());
  }

  /**
   * Replaces this process by another program, which gets the same process id, descriptors 0 to 3
   * and those that this one was started with, and an empty signal mask. Returns only by an
   * exception.
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
      closeOnExecAllButKept();
      LibC.sigemptyset(noSignals.address());
      Native.checkNumber(
          LibC.pthread_sigmask(SIG_SETMASK, noSignals.address(), 0), "pthread_sigmask");
      check(LibC.execve(path.address(), arguments.address(), variables.address()), "execve", file);
    }
  }

  /**
   * The JVM's jars, sockets and logs are not close-on-exec; the next program has no use for them.
   */
  private static void closeOnExecAllButKept() throws PosixException {
    for (int number : OpenDescriptors.numbers()) {
      if (number >= FIRST_AFTER_KEPT && !InheritedDescriptors.ofThisProcess().isAt(number)) {
        LibC.fcntl(number, F_SETFD, FD_CLOEXEC);
      }
    }
  }
}
