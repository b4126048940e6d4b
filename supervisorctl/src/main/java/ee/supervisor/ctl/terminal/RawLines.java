package ee.supervisor.ctl.terminal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Waits for lines so that Ctrl-C can end the waiting, which it cannot do to a read.
 *
 * <p>Each line is read by a thread of its own; one that was given up is handed out by the next
 * call.
 */
final class RawLines {
  private final Callable<Optional<String>> reader;
  private FutureTask<Optional<String>> pending;

  /**
   * Reads lines.
   *
   * @param reader reads one
   */
  RawLines(Callable<Optional<String>> reader) {
    this.reader = reader;
  }

  /** The next line, or empty at the end of input. */
  Optional<String> next() throws IOException {
    if (pending == null) {
      pending = new FutureTask<>(reader);
      Thread thread = new Thread(pending, "stdin");
      thread.setDaemon(true);
      thread.start();
    }
    Thread waiting = Thread.currentThread();
    Interrupt interrupt = Interrupt.take(waiting::interrupt);
    try {
      Optional<String> line = pending.get();
      pending = null;
      return line;
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("Ctrl-C").initCause(e);
    } catch (ExecutionException e) {
      pending = null;
      throw new IOException(e.getCause());
    } finally {
      interrupt.giveBack();
    }
  }
}
