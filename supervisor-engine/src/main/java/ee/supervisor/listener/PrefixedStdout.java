package ee.supervisor.listener;

import static java.util.concurrent.TimeUnit.SECONDS;

import ee.supervisor.event.Event;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.text.Bytes;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in for the result handler of the Python package supervisor-stdout, which many containers
 * have in their configuration: its listener sends each PROCESS_LOG event back as the result, and
 * the handler prints it to supervisord's own stdout, each line after the process's name and
 * channel.
 *
 * <p>Prints on a thread of its own, since nobody may read that stdout. If it falls behind, the
 * oldest results are dropped, and the number is printed.
 */
final class PrefixedStdout implements ResultHandler {
  static final String NAME = "supervisor_stdout:event_handler";

  private static final int CAPACITY = 1000;
  private static final Pattern SPACE = Pattern.compile(" ");

  private final PrintStream out;
  private final AtomicLong dropped = new AtomicLong();
  private final ThreadPoolExecutor printer =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          SECONDS,
          new ArrayBlockingQueue<>(CAPACITY),
          PrefixedStdout::thread,
          this::dropOldest);

  /** Prints to {@code out}. */
  PrefixedStdout(PrintStream out) {
    this.out = out;
    printer.allowCoreThreadTimeOut(true);
  }

  @Override
  public void handle(Event event, Bytes result) {
    String text = result.text();
    int end = text.indexOf('\n');
    if (end < 0) {
      throw new IllegalArgumentException("the result is no payload of a PROCESS_LOG event");
    }
    Map<String, String> header =
        SPACE
            .splitAsStream(text.substring(0, end))
            .map(pair -> pair.split(":", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, last) -> last));
    String prefix =
        "%s %s | "
            .formatted(header.getOrDefault("processname", ""), header.getOrDefault("channel", ""));
    String lines =
        text.substring(end + 1)
            .lines()
            .map(line -> prefix + line + "\n")
            .collect(Collectors.joining());
    try {
      printer.execute(() -> print(lines));
    } catch (OutOfMemoryError noThread) {
      dropped.incrementAndGet();
    }
  }

  private void print(String lines) {
    long missed = dropped.getAndSet(0);
    if (missed > 0) {
      out.print(
          "supervisord | %d outputs dropped: nobody reads them fast enough\n".formatted(missed));
    }
    out.print(lines);
    out.flush();
  }

  private void dropOldest(Runnable task, ThreadPoolExecutor full) {
    if (full.getQueue().poll() != null) {
      dropped.incrementAndGet();
    }
    full.execute(task);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "supervisor-stdout");
    thread.setDaemon(true);
    return thread;
  }
}
