package ee.supervisor.posix;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A lower priority for the thread that asks for it, and for those that it starts meanwhile: what it
 * does may wait for what others do. It can be taken back by any thread, at any time.
 */
public final class Deference implements AutoCloseable {
  private static final int PRIO_PROCESS = 0;

  /** In setpriority(2), which on Linux is about threads. */
  private static final int CALLING_THREAD = 0;

  private static final int MORE_NICE = 10;
  private static final int MOST_NICE = 19;

  /** Threads that are started while the list of them is read are found by the next reading. */
  private static final int READINGS = 5;

  private final int before;
  private final int meanwhile;
  private final AtomicBoolean ended = new AtomicBoolean();

  private Deference(int before, int meanwhile) {
    this.before = before;
    this.meanwhile = meanwhile;
  }

  /**
   * Lowers the priority of the calling thread; not where that could not be taken back, which takes
   * CAP_SYS_NICE or RLIMIT_NICE.
   */
  public static Deference begin() {
    int before = LibC.getpriority(PRIO_PROCESS, CALLING_THREAD);
    Deference deference = new Deference(before, Math.min(before + MORE_NICE, MOST_NICE));
    if (deference.canBeTakenBack()) {
      setNice(CALLING_THREAD, deference.meanwhile);
    } else {
      deference.ended.set(true);
    }
    return deference;
  }

  /** Tried by a thread that ends with the trial. */
  private boolean canBeTakenBack() {
    AtomicBoolean can = new AtomicBoolean();
    Thread trial =
        new Thread(
            () -> can.set(setNice(CALLING_THREAD, meanwhile) && setNice(CALLING_THREAD, before)),
            "supervisor-nice");
    try {
      trial.start();
      trial.join();
    } catch (OutOfMemoryError e) {
      return false; // no thread to be had
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return can.get();
  }

  private static boolean setNice(int thread, int nice) {
    return LibC.setpriority(PRIO_PROCESS, thread, nice) == 0;
  }

  /** Gives all threads that have the lower priority the former one; once. */
  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      for (int i = 0; i < READINGS && takeBack(); i++) {
        // until there are no more
      }
    }
  }

  /** Returns whether there were any. */
  private boolean takeBack() {
    boolean found = false;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path each : threads) {
        int thread = Integer.parseInt(each.getFileName().toString());
        if (LibC.getpriority(PRIO_PROCESS, thread) == meanwhile) {
          found |= setNice(thread, before);
        }
      }
    } catch (IOException | RuntimeException e) {
      // without /proc they go on as they are
    }
    return found;
  }
}
