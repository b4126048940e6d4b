package ee.supervisor.control;

import ee.supervisor.guard.Guard;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs what is not for the control loop on threads of its own, and elsewhere when there can be no
 * more threads: whoever waits for a response gets one.
 */
final class Background implements Executor {
  private final ExecutorService threads = Executors.newCachedThreadPool(Background::thread);
  private final Guard guard;
  private final Executor spare;

  /**
   * One without threads yet.
   *
   * @param guard logs that there could be no thread
   * @param spare runs what has none
   */
  Background(Guard guard, Executor spare) {
    this.guard = guard;
    this.spare = spare;
  }

  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (Throwable thrown) {
      guard.report("a thread for a response", thrown);
      spare.execute(task);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "supervisor-response");
    thread.setDaemon(true);
    return thread;
  }
}
