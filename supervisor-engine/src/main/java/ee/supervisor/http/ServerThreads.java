package ee.supervisor.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server's own threads: few, whatever the number of clients, and gone while nobody calls. */
public final class ServerThreads implements AutoCloseable {
  private static final int WORKERS = 4;
  private static final int LOG_READERS = 8;
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor work = pool("supervisor-door", WORKERS);
  private final ThreadPoolExecutor logReaders = pool("supervisor-log-reader", LOG_READERS);

  /** For work that needs a processor, not a disk. */
  public ExecutorService work() {
    return work;
  }

  /** For what reads files. */
  public ExecutorService logReaders() {
    return logReaders;
  }

  @Override
  public void close() {
    work.shutdown();
    logReaders.shutdown();
  }

  private static ThreadPoolExecutor pool(String name, int size) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Daemon threads, named {@code name-1}, {@code name-2} and so on. */
  public static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
