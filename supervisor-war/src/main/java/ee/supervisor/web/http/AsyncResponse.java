package ee.supervisor.web.http;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.http.ByteSource;
import ee.supervisor.http.ExactSource;
import ee.supervisor.http.HttpResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The response to one request, sent as fast as the client takes it and while no thread waits for
 * that: whole, read from a file, or without an end. While there is nothing to send, or the client
 * is slow, it holds its source and a few objects: no thread, no buffer.
 *
 * <p>The container ends a response whose client has left on a thread of its own, and uses what it
 * was made of for the next: a byte written after that would be in somebody else's response. So all
 * that touches it does so under a lock, which is never held while a client or a disk is waited for.
 *
 * <p>Safe for all threads. The source and the container both ask it to move on; it does so on one
 * thread at a time.
 */
public final class AsyncResponse implements AsyncListener, WriteListener {
  private static final System.Logger LOG = System.getLogger(AsyncResponse.class.getName());

  private final AsyncContext context;
  private final boolean head;
  private final Peer peer;
  private final Executor readers;
  private final DepartedClients departed;
  private final Runnable onDeparture = this::end;
  private final SendWindows.Window window;

  /** Holds a whole response that is too large to wait in the window. */
  private final MemoryBudget.Account account = MemoryBudget.ofProcess().open();

  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final AtomicBoolean completed = new AtomicBoolean();

  /** What is to be closed in the end, if there is something. */
  private final AtomicReference<Closeable> held = new AtomicReference<>();

  /** How often it was asked to move on since the last time it did. */
  private final AtomicInteger asked = new AtomicInteger();

  private volatile ByteSource source;
  private volatile Executor work;
  private ServletOutputStream out;
  private boolean unflushed = true;
  private boolean ended;

  /** Something that reads or writes the container's part of it, and never waits. */
  @FunctionalInterface
  private interface Touch {
    void run() throws IOException;
  }

  private AsyncResponse(
      AsyncContext context,
      HttpServletRequest request,
      Executor readers,
      DepartedClients departed,
      SendWindows windows) {
    this.context = context;
    this.readers = readers;
    this.departed = departed;
    head = request.getMethod().equals("HEAD");
    peer = Peer.of(request);
    work = readers;
    window = windows.open(peer, this::end);
  }

  /**
   * Puts {@code request} into asynchronous mode, on its own thread: a container takes listeners on
   * no other. What was asked for may take as long as it does.
   *
   * @param readers where files are opened and read
   * @param departed hears of clients that leave while there is nothing to send
   * @param windows bounds what waits for the client
   */
  public static AsyncResponse begin(
      HttpServletRequest request, Executor readers, DepartedClients departed, SendWindows windows) {
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    AsyncResponse response = new AsyncResponse(context, request, readers, departed, windows);
    context.addListener(response);
    return response;
  }

  /** Sends {@code response}; once. What its body holds is closed whatever happens. */
  public void send(HttpResponse response) {
    boolean begun = false;
    try {
      begun = touch(() -> start(response));
    } catch (IOException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client left before its response began", e);
      end();
    } finally {
      if (!begun && response.body() instanceof HttpResponse.Body.Streamed streamed) {
        close(streamed.source());
      }
    }
  }

  /** Sends nothing, since nobody is left to take it. */
  public void abandon() {
    end();
  }

  /** Completes when the response has been handed to the connection, or goes on without an end. */
  public CompletionStage<Void> settled() {
    return settled.minimalCompletionStage();
  }

  private void start(HttpResponse response) throws IOException {
    if (response.body() instanceof HttpResponse.Body.Streamed streamed) {
      held.set(streamed.source());
    } else if (response.body() instanceof HttpResponse.Body.Endless) {
      settled.complete(null);
      departed.watch(peer, onDeparture);
    }
    if (head) {
      describe(response);
      end();
    } else if (response.body() instanceof HttpResponse.Body.Whole whole) {
      send(response, whole.bytes());
    } else {
      readers.execute(() -> open(response));
    }
  }

  private void send(HttpResponse response, byte[] body) throws IOException {
    if (body.length > SendWindows.BYTES && !account.take(body.length)) {
      start(
          ErrorPage.of(
              (HttpServletRequest) context.getRequest(),
              HttpServletResponse.SC_SERVICE_UNAVAILABLE));
      return;
    }
    // it waits for no disk
    work = Runnable::run;
    source = new WholeSource(body);
    listen(response);
  }

  private void describe(HttpResponse response) {
    HttpServletResponse target = (HttpServletResponse) context.getResponse();
    target.setStatus(response.status());
    response.headers().forEach(target::setHeader);
    if (response.body() instanceof HttpResponse.Body.Whole whole) {
      target.setContentLength(whole.bytes().length);
    } else if (response.body() instanceof HttpResponse.Body.Streamed streamed) {
      target.setContentLengthLong(streamed.length());
    } else if (response.body() instanceof HttpResponse.Body.Endless) {
      // nginx would hold back what is to be seen at once
      target.setHeader("X-Accel-Buffering", "no");
    }
  }

  /** Opens what is to be sent; only then it is known that there is something. */
  private void open(HttpResponse response) {
    try {
      Optional<ByteSource> opened = opened(response.body());
      if (opened.isEmpty()) {
        departed.forget(peer, onDeparture);
        touch(() -> start(notOpened(response)));
        return;
      }
      source = opened.get();
      if (!touch(() -> listen(response))) {
        // the client left meanwhile: nobody has closed it
        release();
      }
    } catch (IOException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client left before its response began", e);
      end();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private Optional<ByteSource> opened(HttpResponse.Body body) {
    try {
      if (body instanceof HttpResponse.Body.Streamed streamed) {
        return Optional.of(new ExactSource(streamed.source().open(), streamed.length()));
      } else if (body instanceof HttpResponse.Body.Endless endless) {
        ByteSource opened = endless.source().open();
        held.set(opened::close);
        return Optional.of(opened);
      }
      throw new IllegalArgumentException("what is whole needs no opening");
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "nothing to send", e);
      return Optional.empty();
    }
  }

  /** A stream was there when its length was taken; what is followed may never have been. */
  private HttpResponse notOpened(HttpResponse response) {
    return ErrorPage.of(
        (HttpServletRequest) context.getRequest(),
        response.body() instanceof HttpResponse.Body.Endless
            ? HttpServletResponse.SC_NOT_FOUND
            : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
  }

  private void listen(HttpResponse response) throws IOException {
    describe(response);
    out = context.getResponse().getOutputStream();
    out.setWriteListener(this);
  }

  @Override
  public void onWritePossible() {
    moveOnSoon();
  }

  private void moveOnSoon() {
    if (asked.getAndIncrement() == 0) {
      work.execute(this::moveOn);
    }
  }

  private void moveOn() {
    int seen;
    do {
      seen = asked.get();
      try {
        copy();
      } catch (IOException | IllegalStateException e) {
        LOG.log(System.Logger.Level.DEBUG, "a response that was not sent to its end", e);
        end();
      } catch (RuntimeException e) {
        fail(e);
      }
    } while (asked.addAndGet(-seen) != 0);
  }

  /**
   * Copies until the source has no more, the client takes no more, or as much waits for it as may:
   * each asks again.
   */
  private void copy() throws IOException {
    ByteSource from = source;
    while (isReady() && window.hasRoom(this::moveOnSoon)) {
      byte[] piece = new byte[SendWindows.PIECE_BYTES];
      int count = from.read(ByteBuffer.wrap(piece));
      if (count > 0) {
        touch(() -> out.write(piece, 0, count));
      }
      window.wrote(Math.max(count, 0));
      if (count > 0) {
        unflushed = true;
      } else if (unflushed) {
        // before the end, too: complete() tells its listeners before it sends what is buffered, and
        // supervisord may end once they have been told
        touch(out::flush);
        unflushed = false;
      } else if (count < 0) {
        end();
      } else {
        from.onReadable(readers, this::moveOnSoon);
        if (held.get() == null) {
          // closed meanwhile: what it was just asked for is called off
          from.close();
        }
        return;
      }
    }
  }

  /** Whether the response goes on and the client takes something; the container says when. */
  private synchronized boolean isReady() {
    return !ended && out.isReady();
  }

  /** Runs {@code touch} unless the response has ended, and says whether it goes on. */
  private synchronized boolean touch(Touch touch) throws IOException {
    if (!ended) {
      touch.run();
    }
    return !ended;
  }

  private void fail(RuntimeException failure) {
    LOG.log(System.Logger.Level.WARNING, "a response failed", failure);
    end();
  }

  /** Ends the response; idempotent. */
  private void end() {
    if (completed.compareAndSet(false, true)) {
      release();
      complete();
    }
  }

  private void complete() {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the container has seen the client leave, too", e);
    }
  }

  /** Lets go of all that it holds; idempotent. */
  private void release() {
    synchronized (this) {
      ended = true;
    }
    departed.forget(peer, onDeparture);
    window.close();
    account.close();
    Closeable known = held.getAndSet(null);
    if (known != null) {
      close(known);
    }
  }

  private static void close(Closeable known) {
    try {
      known.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing what was sent", e);
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    completed.set(true);
    release();
    settled.complete(null);
  }

  @Override
  public void onError(AsyncEvent event) {
    completed.set(true);
    release();
    // even if that was tried before: the container may not have been in a state for it
    complete();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // the request is never started again
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  /** What is in memory already. */
  private static final class WholeSource implements ByteSource {
    private final ByteBuffer left;

    WholeSource(byte[] bytes) {
      left = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(ByteBuffer target) {
      int count = Math.min(target.remaining(), left.remaining());
      target.put(left.slice().limit(count));
      left.position(left.position() + count);
      return count == 0 ? -1 : count;
    }

    @Override
    public void onReadable(Executor executor, Runnable callback) {
      executor.execute(callback);
    }

    @Override
    public void close() {}
  }
}
