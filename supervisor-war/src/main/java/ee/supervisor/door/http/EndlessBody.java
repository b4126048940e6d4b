package ee.supervisor.door.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An answer that never ends by itself: to one client that follows a log, or hears events. While
 * there is nothing to send, or the client is slow, it holds its source and a few objects: no
 * thread, no buffer.
 *
 * <p>The source and the container both call it; what they ask for is done by one thread of {@code
 * readers} at a time.
 */
public final class EndlessBody implements WriteListener, AsyncListener {
  private static final int PIECE_BYTES = 16_384;
  private static final System.Logger LOG = System.getLogger(EndlessBody.class.getName());

  private final AsyncContext context;
  private final ByteSource.Opener opener;
  private final Executor readers;
  private final DepartedClients departed;
  private final Peer peer;

  /** How often it was asked to move on since the last time it did. */
  private final AtomicInteger asked = new AtomicInteger();

  private final AtomicReference<ByteSource> source = new AtomicReference<>();
  private final AtomicBoolean completed = new AtomicBoolean();

  /**
   * Held while the answer is touched, which never waits for the client. The container ends an
   * answer whose client has left on a thread of its own, and uses what it was made of for the next:
   * a byte written after that would be in somebody else's answer.
   */
  private final Object inUse = new Object();

  private ServletOutputStream out;
  private boolean unflushed = true;
  private volatile boolean ended;

  private EndlessBody(
      AsyncContext context, ByteSource.Opener opener, Executor readers, DepartedClients departed) {
    this.context = context;
    this.opener = opener;
    this.readers = readers;
    this.departed = departed;
    peer = Peer.of(context.getRequest());
  }

  /**
   * Streams what {@code opener} opens; 404 when that fails. Called on the thread of the request,
   * with the headers set.
   */
  public static void start(
      AsyncContext context, ByteSource.Opener opener, Executor readers, DepartedClients departed) {
    EndlessBody stream = new EndlessBody(context, opener, readers, departed);
    context.setTimeout(0);
    context.addListener(stream);
    departed.watch(stream.peer, stream::end);
    readers.execute(stream::open);
  }

  private void open() {
    try {
      source.set(opener.open());
    } catch (IOException e) {
      departed.forget(peer);
      ErrorPage.send(context, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    try {
      HttpServletResponse response = (HttpServletResponse) context.getResponse();
      // nginx would hold back what is to be seen at once
      response.setHeader("X-Accel-Buffering", "no");
      out = response.getOutputStream();
      out.setWriteListener(this);
    } catch (IOException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client left before its answer began", e);
      end();
    }
  }

  @Override
  public void onWritePossible() {
    moveOnSoon();
  }

  private void moveOnSoon() {
    if (asked.getAndIncrement() == 0 && !ended) {
      readers.execute(this::moveOn);
    }
  }

  private void moveOn() {
    int seen;
    do {
      seen = asked.get();
      try {
        copy();
      } catch (IOException | IllegalStateException e) {
        LOG.log(System.Logger.Level.DEBUG, "the client has gone", e);
        end();
      }
    } while (asked.addAndGet(-seen) != 0);
  }

  /** Copies until the source has no more or the client takes no more; either asks again. */
  private void copy() throws IOException {
    ByteSource from = source.get();
    while (from != null && isReady()) {
      byte[] piece = new byte[PIECE_BYTES];
      int count = from.read(ByteBuffer.wrap(piece));
      if (!sent(piece, count)) {
        from.onReadable(readers, this::moveOnSoon);
        return;
      }
    }
  }

  private boolean isReady() {
    synchronized (inUse) {
      return !ended && out.isReady();
    }
  }

  /** Hands on what was read, or else what the container still holds; false if there is neither. */
  private boolean sent(byte[] piece, int count) throws IOException {
    synchronized (inUse) {
      if (ended) {
        return true;
      }
      if (count > 0) {
        out.write(piece, 0, count);
        unflushed = true;
      } else if (unflushed) {
        unflushed = false;
        out.flush();
      } else {
        return false;
      }
      return true;
    }
  }

  private void end() {
    if (completed.compareAndSet(false, true)) {
      release();
      try {
        context.complete();
      } catch (IllegalStateException e) {
        LOG.log(System.Logger.Level.DEBUG, "the container has seen the client leave, too", e);
      }
    }
  }

  private void release() {
    synchronized (inUse) {
      ended = true;
    }
    departed.forget(peer);
    ByteSource known = source.getAndSet(null);
    if (known != null) {
      try {
        known.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "closing what was sent", e);
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    completed.set(true);
    release();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // the request is never started again
  }
}
