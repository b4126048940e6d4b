package ee.supervisor.posix;

import java.nio.ByteBuffer;
import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.Out;

/**
 * The C library's functions that this package calls, declared and nothing more. Pointers travel as
 * addresses of {@link NativeMemory}: the cheapest way through jnr, and it keeps jnr from starting
 * threads of its own.
 */
public interface LibC {
  long read(int fd, long buffer, long count);

  long write(int fd, long buffer, long count);

  int open(long path, int flags, int mode);

  int access(long path, int mode);

  int close(int fd);

  int pipe2(long fds, int flags);

  int fcntl(int fd, int command, long argument);

  int statx(int directory, long path, int flags, int mask, long status);

  int epoll_create1(int flags);

  int epoll_ctl(int epoll, int operation, int fd, long event);

  int epoll_wait(int epoll, long events, int capacity, int timeoutMillis);

  int eventfd(int initial, int flags);

  int kill(int pid, int signal);

  int setpgid(int pid, int group);

  int waitpid(int pid, long status, int options);

  int waitid(int idType, int id, long info, int options);

  @IgnoreError
  int getpid();

  @IgnoreError
  int getuid();

  @IgnoreError
  int umask(int mask);

  int getrlimit(int resource, long limit);

  int setrlimit(int resource, long limit);

  int setsid();

  int socket(int family, int type, int protocol);

  int bind(int fd, long address, int length);

  int listen(int fd, int backlog);

  int setsockopt(int fd, int level, int option, long value, int length);

  int chdir(long path);

  int fchdir(int fd);

  int unshare(int flags);

  int execve(long path, long argv, long envp);

  int setuid(int uid);

  int setgid(int gid);

  int setgroups(long count, long groups);

  int getgroups(int count, long groups);

  int getgrouplist(long user, int group, long groups, long count);

  int setfsuid(int uid);

  int setfsgid(int gid);

  int prctl(int option, long argument);

  int getpwnam_r(long name, long entry, long buffer, long length, long result);

  int getpwuid_r(int uid, long entry, long buffer, long length, long result);

  int getgrnam_r(long name, long entry, long buffer, long length, long result);

  int getgrgid_r(int gid, long entry, long buffer, long length, long result);

  long strerror(int number);

  @IgnoreError
  int sigemptyset(long set);

  @IgnoreError
  int sigfillset(long set);

  int pthread_sigmask(int how, long set, long previous);

  long signal(int number, long handler);

  long syscall(long number, long first, long second, long third, long fourth);

  /**
   * {@code pid} is a buffer to keep jnr-ffi 2.3.2 from compiling a stub of its own for the call: in
   * one of six integers the sixth is garbage.
   */
  int posix_spawn(
      @Out ByteBuffer pid, long path, long actions, long attributes, long argv, long envp);

  int posix_spawnattr_init(long attributes);

  int posix_spawnattr_setflags(long attributes, short flags);

  int posix_spawnattr_setpgroup(long attributes, int group);

  int posix_spawnattr_setsigmask(long attributes, long set);

  int posix_spawnattr_setsigdefault(long attributes, long set);

  int posix_spawn_file_actions_init(long actions);

  int posix_spawn_file_actions_destroy(long actions);

  int posix_spawn_file_actions_adddup2(long actions, int fd, int target);

  int posix_spawn_file_actions_addclose(long actions, int fd);

  int posix_spawn_file_actions_addclosefrom_np(long actions, int from);
}
