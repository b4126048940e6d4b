package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import ee.supervisor.guard.Guard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Knows which children are ours, so that a supervisord that is process 1 can tell them from the
 * orphans it inherits. Nobody else's child is ever waited for. Safe for all threads.
 *
 * <p>Children are known by pidfd; where the system has none, by {@link ChildWaiter}. The system
 * property {@code supervisor.pidfd=false} has the latter tried elsewhere.
 */
public final class Children implements AutoCloseable {
  /** What tests set to have a kernel with pidfd treated as one without. */
  public static final String PIDFD_PROPERTY = "supervisor.pidfd";

  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x1000000;
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int SIGINFO_BYTES = 128;
  private static final int SI_PID_OFFSET = 16;

  private final Map<Integer, Child> ours = new ConcurrentHashMap<>();
  private final Optional<ChildWaiter> waiter;

  /**
   * Read: held from the birth of a child until it is known here. Write: held while it is looked for
   * orphans, for a child in the making would look like one.
   */
  private final ReadWriteLock births = new ReentrantReadWriteLock();

  private Children(Optional<ChildWaiter> waiter) {
    this.waiter = waiter;
  }

  /**
   * An empty set.
   *
   * @param guard logs what a thread of its own may throw
   */
  static Children open(Guard guard) {
    boolean wanted = Boolean.parseBoolean(System.getProperty(PIDFD_PROPERTY, "true"));
    return open(wanted && PidFd.isSupported(), guard);
  }

  static Children open(boolean byPidFd, Guard guard) {
    return new Children(byPidFd ? Optional.empty() : Optional.of(ChildWaiter.start(guard)));
  }

  /** An orphan that was reaped. */
  public record Orphan(int pid, WaitStatus status) {}

  /** Makes a child, and knows it when this returns. */
  interface Birth<T> {
    T run() throws PosixException;
  }

  /** Runs what makes a child and {@link #adopt}s it. */
  <T> T birth(Birth<T> birth) throws PosixException {
    births.readLock().lock();
    try {
      return birth.run();
    } finally {
      births.readLock().unlock();
    }
  }

  /** Knows a child from its birth on. */
  Child adopt(int pid) throws PosixException {
    if (waiter.isPresent()) {
      WaitedChild child = new WaitedChild(pid);
      ours.put(pid, child);
      waiter.get().add(child);
      return child;
    }
    PidFd child = PidFd.open(pid);
    ours.put(pid, child);
    return child;
  }

  /** Waits for a child that was killed before anybody heard of it. */
  void forget(int pid) {
    Child known = ours.remove(pid);
    if (known instanceof WaitedChild) {
      return; // waited for where it was added
    }
    if (known != null) {
      known.close();
    }
    try {
      waitFor(pid, 0);
    } catch (PosixException e) {
      // EINTR or ECHILD: at worst a zombie is left.
    }
  }

  /** Those that have not been reaped. */
  public List<Child> alive() {
    return List.copyOf(ours.values());
  }

  /**
   * Has {@code action} run, on whichever thread notices, once a child without {@link
   * Child#descriptor} has ended. For one who asks.
   */
  public void whenEnded(Child child, Runnable action) {
    if (child instanceof WaitedChild waited) {
      waited.whenEnded(action);
    }
  }

  /** Whether a child has ended, reaped or not. */
  public boolean hasEnded(Child child) {
    if (child instanceof WaitedChild waited) {
      return waited.reapIfEnded();
    }
    if (ours.get(child.pid()) != child) {
      return true;
    }
    try (NativeMemory info = new NativeMemory(SIGINFO_BYTES)) {
      int found = LibC.waitid(P_PID, child.pid(), info.address(), WEXITED | WNOHANG | WNOWAIT);
      // ECHILD: other code in this process has waited for it.
      return found < 0
          ? Native.errno().equals(Errno.ECHILD)
          : info.getInt(SI_PID_OFFSET) == child.pid();
    }
  }

  /**
   * Takes the status of a child that has ended; from then on its number may be another's.
   *
   * @return empty while it is still running; {@link WaitStatus#UNKNOWN} when somebody else took it
   */
  public Optional<WaitStatus> reap(Child child) {
    Optional<WaitStatus> status;
    if (child instanceof WaitedChild waited) {
      waited.reapIfEnded();
      status = waited.status();
    } else {
      status = waitIfEnded(child.pid());
    }
    if (status.isPresent()) {
      // By identity: the spawner may have got the same number again since waitpid returned.
      ours.remove(child.pid(), child);
    }
    return status;
  }

  static Optional<WaitStatus> waitIfEnded(int pid) {
    try {
      return waitFor(pid, WNOHANG);
    } catch (PosixException e) {
      // ECHILD: other code in this process waits for every child.
      return Optional.of(WaitStatus.UNKNOWN);
    }
  }

  static Optional<WaitStatus> waitFor(int pid, int options) throws PosixException {
    try (NativeMemory status = new NativeMemory(Integer.BYTES)) {
      int reaped = check(LibC.waitpid(pid, status.address(), options), "waitpid", pid);
      return reaped == 0 ? Optional.empty() : Optional.of(new WaitStatus(status.getInt(0)));
    }
  }

  /** Waits until a child of this process, whoever's, has ended; 0 when there are none. */
  static int awaitAnyEnded() {
    return anyEnded(0);
  }

  private static int anyEnded(int options) {
    try (NativeMemory info = new NativeMemory(SIGINFO_BYTES)) {
      // Refused with ECHILD when there are no children, with EINTR when a signal comes.
      LibC.waitid(P_ALL, 0, info.address(), WEXITED | WNOWAIT | options);
      return info.getInt(SI_PID_OFFSET);
    }
  }

  /**
   * Reaps one orphan, if there is one and no ended child of ours stands before it in the kernel's
   * list: that one will be reaped soon by its owner, and the caller looks again later. A child that
   * other Java code started looks like an orphan, so only process 1 should ask.
   */
  Optional<Orphan> reapOrphan() {
    if (!births.writeLock().tryLock()) {
      return Optional.empty();
    }
    try {
      int pid = anyEnded(WNOHANG);
      if (pid == 0 || ours.containsKey(pid)) {
        return Optional.empty();
      }
      return waitFor(pid, WNOHANG).map(status -> new Orphan(pid, status));
    } catch (PosixException e) {
      // ECHILD: whose child it is was faster.
      return Optional.empty();
    } finally {
      births.writeLock().unlock();
    }
  }

  /** Ends what is left of its own thread once the last child is reaped. */
  @Override
  public void close() {
    waiter.ifPresent(ChildWaiter::close);
  }
}
