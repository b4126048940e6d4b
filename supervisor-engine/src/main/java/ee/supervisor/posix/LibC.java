package ee.supervisor.posix;

import static ee.supervisor.posix.LibCall.address;
import static ee.supervisor.posix.LibCall.invoke;

/**
 * The C library's functions that this package calls, as they are: nothing is checked here. A
 * pointer is the address of a {@link NativeMemory}, which the caller holds on to.
 */
final class LibC {
  private static final long READ = address("read");
  private static final long WRITE = address("write");
  private static final long OPEN = address("open");
  private static final long ACCESS = address("access");
  private static final long CLOSE = address("close");
  private static final long DUP2 = address("dup2");
  private static final long PIPE2 = address("pipe2");
  private static final long FCNTL = address("fcntl");
  private static final long IOCTL = address("ioctl");
  private static final long STATX = address("statx");
  private static final long EPOLL_CREATE1 = address("epoll_create1");
  private static final long EPOLL_CTL = address("epoll_ctl");
  private static final long EPOLL_WAIT = address("epoll_wait");
  private static final long EVENTFD = address("eventfd");
  private static final long EVENTFD_WRITE = address("eventfd_write");
  private static final long SIGACTION = address("sigaction");
  private static final long KILL = address("kill");
  private static final long SOCKET = address("socket");
  private static final long SEND = address("send");
  private static final long RECVMSG = address("recvmsg");
  private static final long POLL = address("poll");
  private static final long BIND = address("bind");
  private static final long CONNECT = address("connect");
  private static final long LISTEN = address("listen");
  private static final long GETSOCKOPT = address("getsockopt");
  private static final long SETSOCKOPT = address("setsockopt");
  private static final long WAITPID = address("waitpid");
  private static final long WAITID = address("waitid");
  private static final long GETPID = address("getpid");
  private static final long GETUID = address("getuid");
  private static final long UMASK = address("umask");
  private static final long GETRLIMIT = address("getrlimit");
  private static final long SETRLIMIT = address("setrlimit");
  private static final long PRLIMIT = address("prlimit");
  private static final long SETSID = address("setsid");
  private static final long CHDIR = address("chdir");
  private static final long FCHDIR = address("fchdir");
  private static final long UNSHARE = address("unshare");
  private static final long EXECVE = address("execve");
  private static final long SETUID = address("setuid");
  private static final long SETGID = address("setgid");
  private static final long SETGROUPS = address("setgroups");
  private static final long GETGROUPS = address("getgroups");
  private static final long GETGROUPLIST = address("getgrouplist");
  private static final long SETFSUID = address("setfsuid");
  private static final long SETFSGID = address("setfsgid");
  private static final long EXIT = address("_exit");
  private static final long MADVISE = address("madvise");
  private static final long MALLOC_TRIM = address("malloc_trim");
  private static final long PRCTL = address("prctl");
  private static final long GETPRIORITY = address("getpriority");
  private static final long SETPRIORITY = address("setpriority");
  private static final long GETPWNAM_R = address("getpwnam_r");
  private static final long GETPWUID_R = address("getpwuid_r");
  private static final long GETGRNAM_R = address("getgrnam_r");
  private static final long GETGRGID_R = address("getgrgid_r");
  private static final long LOCALTIME_R = address("localtime_r");
  private static final long STRERROR = address("strerror");
  private static final long SIGEMPTYSET = address("sigemptyset");
  private static final long PTHREAD_SIGMASK = address("pthread_sigmask");
  private static final long SYSCALL = address("syscall");
  private static final long POSIX_SPAWN = address("posix_spawn");
  private static final long POSIX_SPAWNATTR_INIT = address("posix_spawnattr_init");
  private static final long POSIX_SPAWNATTR_SETFLAGS = address("posix_spawnattr_setflags");
  private static final long POSIX_SPAWNATTR_SETPGROUP = address("posix_spawnattr_setpgroup");
  private static final long POSIX_SPAWNATTR_SETSIGMASK = address("posix_spawnattr_setsigmask");
  private static final long POSIX_SPAWNATTR_SETSIGDEFAULT =
      address("posix_spawnattr_setsigdefault");
  private static final long POSIX_SPAWN_FILE_ACTIONS_INIT =
      address("posix_spawn_file_actions_init");
  private static final long POSIX_SPAWN_FILE_ACTIONS_DESTROY =
      address("posix_spawn_file_actions_destroy");
  private static final long POSIX_SPAWN_FILE_ACTIONS_ADDDUP2 =
      address("posix_spawn_file_actions_adddup2");
  private static final long POSIX_SPAWN_FILE_ACTIONS_ADDCHDIR_NP =
      address("posix_spawn_file_actions_addchdir_np");
  private static final long POSIX_SPAWN_FILE_ACTIONS_ADDCLOSE =
      address("posix_spawn_file_actions_addclose");
  private static final long POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP =
      address("posix_spawn_file_actions_addclosefrom_np");

  private LibC() {}

  /** Whether there is posix_spawn_file_actions_addchdir_np: glibc 2.29. */
  static boolean hasSpawnChdir() {
    return POSIX_SPAWN_FILE_ACTIONS_ADDCHDIR_NP != 0;
  }

  /** Whether there is posix_spawn_file_actions_addclosefrom_np: glibc 2.34. */
  static boolean hasSpawnCloseFrom() {
    return POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP != 0;
  }

  static long read(int fd, long buffer, long count) {
    return invoke(READ, fd, buffer, count);
  }

  static long write(int fd, long buffer, long count) {
    return invoke(WRITE, fd, buffer, count);
  }

  static int open(long path, int flags, int mode) {
    return (int) invoke(OPEN, path, flags, mode);
  }

  static int access(long path, int mode) {
    return (int) invoke(ACCESS, path, mode);
  }

  static int close(int fd) {
    return (int) invoke(CLOSE, fd);
  }

  static int dup2(int fd, int target) {
    return (int) invoke(DUP2, fd, target);
  }

  static int pipe2(long fds, int flags) {
    return (int) invoke(PIPE2, fds, flags);
  }

  static int ioctl(int fd, long request, long argument) {
    return (int) invoke(IOCTL, fd, request, argument);
  }

  static int fcntl(int fd, int command, long argument) {
    return (int) invoke(FCNTL, fd, command, argument);
  }

  static int statx(int directory, long path, int flags, int mask, long status) {
    return (int) invoke(STATX, directory, path, flags, mask, status);
  }

  static int epoll_create1(int flags) {
    return (int) invoke(EPOLL_CREATE1, flags);
  }

  static int epoll_ctl(int epoll, int operation, int fd, long event) {
    return (int) invoke(EPOLL_CTL, epoll, operation, fd, event);
  }

  static int epoll_wait(int epoll, long events, int capacity, int timeoutMillis) {
    return (int) invoke(EPOLL_WAIT, epoll, events, capacity, timeoutMillis);
  }

  static int eventfd(int initial, int flags) {
    return (int) invoke(EVENTFD, initial, flags);
  }

  /** Where eventfd_write is: it is not called from here, see {@link QuitSignal}. */
  static long eventfdWrite() {
    return EVENTFD_WRITE;
  }

  static void exit(int code) {
    invoke(EXIT, code);
  }

  static int getpriority(int which, int who) {
    return (int) invoke(GETPRIORITY, which, who);
  }

  static int setpriority(int which, int who, int nice) {
    return (int) invoke(SETPRIORITY, which, who, nice);
  }

  static int madvise(long address, long length, int advice) {
    return (int) invoke(MADVISE, address, length, advice);
  }

  /** Whether there is malloc_trim: glibc. */
  static boolean hasMallocTrim() {
    return MALLOC_TRIM != 0;
  }

  static int mallocTrim(long pad) {
    return (int) invoke(MALLOC_TRIM, pad);
  }

  static int sigaction(int number, long action, long previous) {
    return (int) invoke(SIGACTION, number, action, previous);
  }

  static int kill(int pid, int signal) {
    return (int) invoke(KILL, pid, signal);
  }

  static long send(int fd, long data, long length, int flags) {
    return invoke(SEND, fd, data, length, flags);
  }

  static long recvmsg(int fd, long message, int flags) {
    return invoke(RECVMSG, fd, message, flags);
  }

  static int poll(long entries, int count, int timeoutMillis) {
    return (int) invoke(POLL, entries, count, timeoutMillis);
  }

  static int socket(int family, int type, int protocol) {
    return (int) invoke(SOCKET, family, type, protocol);
  }

  static int bind(int fd, long address, int length) {
    return (int) invoke(BIND, fd, address, length);
  }

  static int connect(int fd, long address, int length) {
    return (int) invoke(CONNECT, fd, address, length);
  }

  static int listen(int fd, int backlog) {
    return (int) invoke(LISTEN, fd, backlog);
  }

  static int getsockopt(int fd, int level, int option, long value, long length) {
    return (int) invoke(GETSOCKOPT, fd, level, option, value, length);
  }

  static int setsockopt(int fd, int level, int option, long value, int length) {
    return (int) invoke(SETSOCKOPT, fd, level, option, value, length);
  }

  static int waitpid(int pid, long status, int options) {
    return (int) invoke(WAITPID, pid, status, options);
  }

  static int waitid(int idType, int id, long info, int options) {
    return (int) invoke(WAITID, idType, id, info, options);
  }

  static int getpid() {
    return (int) invoke(GETPID);
  }

  static int getuid() {
    return (int) invoke(GETUID);
  }

  static int umask(int mask) {
    return (int) invoke(UMASK, mask);
  }

  static int getrlimit(int resource, long limit) {
    return (int) invoke(GETRLIMIT, resource, limit);
  }

  static int setrlimit(int resource, long limit) {
    return (int) invoke(SETRLIMIT, resource, limit);
  }

  static int prlimit(int pid, int resource, long wanted, long before) {
    return (int) invoke(PRLIMIT, pid, resource, wanted, before);
  }

  static int setsid() {
    return (int) invoke(SETSID);
  }

  static int chdir(long path) {
    return (int) invoke(CHDIR, path);
  }

  static int fchdir(int fd) {
    return (int) invoke(FCHDIR, fd);
  }

  static int unshare(int flags) {
    return (int) invoke(UNSHARE, flags);
  }

  static int execve(long path, long argv, long envp) {
    return (int) invoke(EXECVE, path, argv, envp);
  }

  static int setuid(int uid) {
    return (int) invoke(SETUID, uid);
  }

  static int setgid(int gid) {
    return (int) invoke(SETGID, gid);
  }

  static int setgroups(long count, long groups) {
    return (int) invoke(SETGROUPS, count, groups);
  }

  static int getgroups(int count, long groups) {
    return (int) invoke(GETGROUPS, count, groups);
  }

  static int getgrouplist(long user, int group, long groups, long count) {
    return (int) invoke(GETGROUPLIST, user, group, groups, count);
  }

  static int setfsuid(int uid) {
    return (int) invoke(SETFSUID, uid);
  }

  static int setfsgid(int gid) {
    return (int) invoke(SETFSGID, gid);
  }

  static int prctl(int option, long argument) {
    return (int) invoke(PRCTL, option, argument, 0, 0, 0);
  }

  static int getpwnam_r(long name, long entry, long buffer, long length, long result) {
    return (int) invoke(GETPWNAM_R, name, entry, buffer, length, result);
  }

  static int getpwuid_r(int uid, long entry, long buffer, long length, long result) {
    return (int) invoke(GETPWUID_R, uid, entry, buffer, length, result);
  }

  static int getgrnam_r(long name, long entry, long buffer, long length, long result) {
    return (int) invoke(GETGRNAM_R, name, entry, buffer, length, result);
  }

  static int getgrgid_r(int gid, long entry, long buffer, long length, long result) {
    return (int) invoke(GETGRGID_R, gid, entry, buffer, length, result);
  }

  static long localtime_r(long time, long broken) {
    return invoke(LOCALTIME_R, time, broken);
  }

  static long strerror(int number) {
    return invoke(STRERROR, number);
  }

  static int sigemptyset(long set) {
    return (int) invoke(SIGEMPTYSET, set);
  }

  static int pthread_sigmask(int how, long set, long previous) {
    return (int) invoke(PTHREAD_SIGMASK, how, set, previous);
  }

  static long syscall(long number, long first, long second, long third, long fourth) {
    return invoke(SYSCALL, number, first, second, third, fourth);
  }

  static int posix_spawn(long pid, long path, long actions, long attributes, long argv, long envp) {
    return (int) invoke(POSIX_SPAWN, pid, path, actions, attributes, argv, envp);
  }

  static int posix_spawnattr_init(long attributes) {
    return (int) invoke(POSIX_SPAWNATTR_INIT, attributes);
  }

  static int posix_spawnattr_setflags(long attributes, short flags) {
    return (int) invoke(POSIX_SPAWNATTR_SETFLAGS, attributes, flags);
  }

  static int posix_spawnattr_setpgroup(long attributes, int group) {
    return (int) invoke(POSIX_SPAWNATTR_SETPGROUP, attributes, group);
  }

  static int posix_spawnattr_setsigmask(long attributes, long set) {
    return (int) invoke(POSIX_SPAWNATTR_SETSIGMASK, attributes, set);
  }

  static int posix_spawnattr_setsigdefault(long attributes, long set) {
    return (int) invoke(POSIX_SPAWNATTR_SETSIGDEFAULT, attributes, set);
  }

  static int posix_spawn_file_actions_init(long actions) {
    return (int) invoke(POSIX_SPAWN_FILE_ACTIONS_INIT, actions);
  }

  static int posix_spawn_file_actions_destroy(long actions) {
    return (int) invoke(POSIX_SPAWN_FILE_ACTIONS_DESTROY, actions);
  }

  static int posix_spawn_file_actions_adddup2(long actions, int fd, int target) {
    return (int) invoke(POSIX_SPAWN_FILE_ACTIONS_ADDDUP2, actions, fd, target);
  }

  static int posix_spawn_file_actions_addchdir_np(long actions, long directory) {
    return (int) invoke(POSIX_SPAWN_FILE_ACTIONS_ADDCHDIR_NP, actions, directory);
  }

  static int posix_spawn_file_actions_addclose(long actions, int fd) {
    return (int) invoke(POSIX_SPAWN_FILE_ACTIONS_ADDCLOSE, actions, fd);
  }

  static int posix_spawn_file_actions_addclosefrom_np(long actions, int from) {
    return (int) invoke(POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP, actions, from);
  }
}
