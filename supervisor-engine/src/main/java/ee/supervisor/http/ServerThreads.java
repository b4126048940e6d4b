package ee.supervisor.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A server's own threads: few, whatever the number of clients, and gone while nobody calls. */
public final class ServerThreads implements AutoCloseable {
  private static final int WORKERS = 4;
  private static final int LOG_READERS = 8;
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor work = pool(WORKERS, named("supervisor-door", WorkThread::new));
  private final ThreadPoolExecutor logReaders = pool(LOG_READERS, named("supervisor-log-reader"));

  /** One that nobody but what it carries out waits for. */
  private static final class WorkThread extends Thread {
    WorkThread(Runnable work, String name) {
      super(work, name);
    }
  }

  /** Whether this is a thread of {@link #work}: all clients wait for other ones. */
  public static boolean isWorking() {
    return Thread.currentThread() instanceof WorkThread;
  }

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

  private static ThreadPoolExecutor pool(int size, ThreadFactory threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Daemon threads, named {@code name-1}, {@code name-2} and so on. */
  public static ThreadFactory named(String name) {
    return named(name, Thread::new);
  }

  private static ThreadFactory named(String name, BiFunction<Runnable, String, Thread> kind) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = kind.apply(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
