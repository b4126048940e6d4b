package ee.supervisor.web.http;

import ee.supervisor.budget.MemoryBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads bodies of requests on a few threads, which wait for no client for long: a body has its
 * time, by its size, and much less of it while others wait for a thread.
 *
 * <p>By blocking reads, since Payara loses track of one in some hundred small bodies that are read
 * by a {@code ReadListener} (its {@code InputBuffer} calls back for a request that is already used
 * for the next), and never responds to those requests.
 */
public final class BodyReaders implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PATIENCE_WHILE_OTHERS_WAIT = Duration.ofMillis(250);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** What is asked of a body that takes longer. */
  private static final int LEAST_BYTES_PER_SECOND = 65_536;

  private static final int FIRST_BYTES = 1024;
  private static final int PIECE_BYTES = 8192;

  private final ThreadPoolExecutor threads;
  private final Set<Reading> readings = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watching = new AtomicBoolean();

  /** Readers on at most {@code most} threads of {@code factory}, which are gone while idle. */
  public BodyReaders(int most, ThreadFactory factory) {
    threads = new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new NewestFirst(), factory);
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Work of which the newest is done first: in a crowd of clients that send nothing, one that does
   * is not behind them all.
   */
  private static final class NewestFirst extends LinkedBlockingDeque<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable work) {
      return offerFirst(work);
    }
  }

  /** Takes no more bodies. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /**
   * Reads {@code in} to its end.
   *
   * @param length as announced, negative if it was not
   * @param maxBytes the most that is taken
   * @param account holds what has been read, also after this has completed
   * @return completes with the body; exceptionally with {@link RequestBody.RefusedException}, or
   *     with the {@link IOException} of a connection that broke
   */
  CompletionStage<byte[]> read(
      InputStream in, long length, int maxBytes, MemoryBudget.Account account) {
    Reading reading = new Reading(in, maxBytes, account);
    if (isHere(in, length)) {
      reading.read();
    } else {
      threads.execute(() -> watched(reading));
    }
    return reading.done;
  }

  private static boolean isHere(InputStream in, long length) {
    try {
      return length >= 0 && in.available() >= length;
    } catch (IOException e) {
      return false; // reading it shows that
    }
  }

  private void watched(Reading reading) {
    reading.begin();
    readings.add(reading);
    watch();
    reading.read();
    readings.remove(reading);
    reading.end();
  }

  private void watch() {
    if (!readings.isEmpty() && watching.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(LOOK.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
          .execute(this::look);
    }
  }

  private void look() {
    watching.set(false);
    Duration patience = threads.getQueue().isEmpty() ? PATIENCE : PATIENCE_WHILE_OTHERS_WAIT;
    readings.forEach(reading -> reading.interruptAfter(patience));
    watch();
  }

  /** The reading of one body. */
  private static final class Reading {
    private final InputStream in;
    private final int maxBytes;
    private final MemoryBudget.Account account;
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();
    private volatile int received;
    private long began;

    /** Who reads; null while nobody may be interrupted. */
    private Thread reader;

    private boolean late;

    Reading(InputStream in, int maxBytes, MemoryBudget.Account account) {
      this.in = in;
      this.maxBytes = maxBytes;
      this.account = account;
    }

    synchronized void begin() {
      began = System.nanoTime();
      reader = Thread.currentThread();
    }

    /** After it the thread is as it was before, whoever has interrupted it. */
    synchronized void end() {
      reader = null;
      Thread.interrupted();
    }

    synchronized void interruptAfter(Duration patience) {
      Duration allowed = patience.plusSeconds(received / LEAST_BYTES_PER_SECOND);
      if (reader != null && System.nanoTime() - began > allowed.toNanos()) {
        late = true;
        reader.interrupt();
      }
    }

    private synchronized boolean isLate() {
      return late;
    }

    void read() {
      byte[] body;
      try {
        body = collect();
      } catch (IOException | RuntimeException e) {
        done.completeExceptionally(isLate() ? RequestBody.RefusedException.tooSlow() : e);
        return;
      }
      done.complete(body);
    }

    private byte[] collect() throws IOException {
      ByteArrayOutputStream collected = new ByteArrayOutputStream(FIRST_BYTES);
      byte[] piece = new byte[PIECE_BYTES];
      int count = in.read(piece);
      while (count >= 0) {
        if (isLate()) {
          throw RequestBody.RefusedException.tooSlow();
        } else if (collected.size() + count > maxBytes) {
          throw RequestBody.RefusedException.tooLarge();
        } else if (!account.take(count)) {
          throw RequestBody.RefusedException.tooMuchAtOnce();
        }
        collected.write(piece, 0, count);
        received = collected.size();
        count = in.read(piece);
      }
      return collected.toByteArray();
    }
  }
}
