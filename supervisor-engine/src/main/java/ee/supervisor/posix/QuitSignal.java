package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import ee.supervisor.guard.Guard;
import ee.supervisor.protocol.Signals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Takes SIGQUIT from the JVM, which keeps it for thread dumps and hands it on to nobody.
 *
 * <p>No Java can run in a signal handler, and a handler in machine code would be one for each
 * processor. But the C library has a function that may run in one (write(2) is async-signal-safe,
 * signal-safety(7)) and takes the very arguments that a handler gets: {@code eventfd_write(int fd,
 * uint64_t value)} called with the signal's number, 3, and the address of a siginfo_t wakes whoever
 * reads the eventfd that is descriptor 3. So descriptor 3 must be ours: the start script keeps the
 * place with /dev/null, before the JVM opens anything.
 *
 * <p>The JVM's attach mechanism sends SIGQUIT too, after it has left a file to say so; those are
 * given back to the JVM.
 */
public final class QuitSignal {
  private static final int SIGACTION_BYTES = 152;
  private static final int FLAGS_OFFSET = 136;
  private static final int SA_SIGINFO_RESTART = 0x4 | 0x10000000;
  private static final int EFD_CLOEXEC = 0x80000;
  private static final Duration ATTACH = Duration.ofSeconds(1);

  private static final Guard GUARD =
      new Guard(
          text ->
              System.getLogger(QuitSignal.class.getName()).log(System.Logger.Level.ERROR, text));

  private final Fd wakeUp;
  private final Runnable action;
  private final NativeMemory ours = new NativeMemory(SIGACTION_BYTES);
  private final NativeMemory ofTheJvm = new NativeMemory(SIGACTION_BYTES);

  private QuitSignal(Fd wakeUp, Runnable action) {
    this.wakeUp = wakeUp;
    this.action = action;
  }

  /**
   * Has {@code action} done, on a thread of its own, whenever SIGQUIT comes.
   *
   * @return false when descriptor 3 was not kept: then the JVM keeps the signal
   */
  public static boolean handle(Runnable action) throws PosixException {
    if (!isKept(Signals.SIGQUIT)) {
      return false;
    }
    try (Fd counter = new Fd(check(LibC.eventfd(0, EFD_CLOEXEC), "eventfd()"))) {
      check(LibC.dup2(counter.number(), Signals.SIGQUIT), "dup2", Signals.SIGQUIT);
    }
    QuitSignal signal = new QuitSignal(Fd.adopt(Signals.SIGQUIT), action);
    signal.ours.putLong(0, LibC.eventfdWrite());
    signal.ours.putInt(FLAGS_OFFSET, SA_SIGINFO_RESTART);
    Thread thread = new Thread(signal::listen, "supervisor-sigquit");
    thread.setDaemon(true);
    thread.start();
    signal.take(signal.ofTheJvm.address());
    return true;
  }

  /** With /dev/null, or with the eventfd of the JVM that executed itself anew as this one. */
  private static boolean isKept(int descriptor) {
    try {
      String kept =
          Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor))).toString();
      return kept.equals("/dev/null") || kept.equals("anon_inode:[eventfd]");
    } catch (IOException e) {
      return false;
    }
  }

  private void take(long previous) throws PosixException {
    check(LibC.sigaction(Signals.SIGQUIT, ours.address(), previous), "sigaction(SIGQUIT)");
  }

  private void listen() {
    ByteBuffer counter = ByteBuffer.allocateDirect(Long.BYTES);
    try {
      while (true) {
        if (Kernel.read(wakeUp, counter.clear()) == Long.BYTES) {
          if (isAttach()) {
            giveBack();
          } else {
            GUARD.run("SIGQUIT", action);
          }
        }
      }
    } catch (PosixException e) {
      throw new IllegalStateException("SIGQUIT is no longer heard of", e);
    }
  }

  /** As the JVM itself distinguishes a wish to attach from a wish for a thread dump. */
  private static boolean isAttach() {
    String name = ".attach_pid" + CurrentProcess.pid();
    return Files.exists(Path.of("/proc/self/cwd", name)) || Files.exists(Path.of("/tmp", name));
  }

  private void giveBack() throws PosixException {
    check(LibC.sigaction(Signals.SIGQUIT, ofTheJvm.address(), 0), "sigaction(SIGQUIT)");
    Kernel.kill(CurrentProcess.pid(), Signals.SIGQUIT);
    Executor later = CompletableFuture.delayedExecutor(ATTACH.toMillis(), TimeUnit.MILLISECONDS);
    later.execute(this::takeAgain);
  }

  private void takeAgain() {
    try {
      take(0);
    } catch (PosixException e) {
      throw new IllegalStateException("SIGQUIT stays with the JVM", e);
    }
  }
}
