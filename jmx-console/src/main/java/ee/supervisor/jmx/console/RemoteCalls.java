package ee.supervisor.jmx.console;

import ee.supervisor.jmx.client.CallRefusedException;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;

/**
 * Makes remote calls on threads of its own and hands the results to Swing's thread, which never
 * waits for the network. A few at once: a process that takes its time to stop holds no other up.
 */
final class RemoteCalls implements AutoCloseable {
  private static final int THREADS = 8;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, RemoteCalls::thread);

  /** A call to supervisord. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws IOException, CallRefusedException;
  }

  /**
   * Makes a call.
   *
   * @param responded gets the result, on Swing's thread
   * @param failed gets a line that says why there is none, on Swing's thread
   */
  <T> void ask(Call<T> call, Consumer<T> responded, Consumer<String> failed) {
    threads.execute(
        () -> {
          try {
            T response = call.make();
            SwingUtilities.invokeLater(() -> responded.accept(response));
          } catch (IOException | CallRefusedException | RuntimeException e) {
            SwingUtilities.invokeLater(() -> failed.accept(e.getMessage()));
          }
        });
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "supervisor-console-" + COUNT.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Makes no further calls. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
