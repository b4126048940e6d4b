package ee.supervisor.door.logtail;

import ee.supervisor.door.http.DepartedClients;
import ee.supervisor.door.http.ErrorPage;
import ee.supervisor.door.http.Peer;
import ee.supervisor.output.LogFollower;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One client that follows a log. While the log is quiet, or the client slow, it holds an open file
 * and a few objects: no thread, no buffer.
 *
 * <p>The log's writer and the container both call it; what they ask for is done by one thread of
 * {@code readers} at a time.
 */
final class LogStream implements WriteListener, AsyncListener {
  private static final int PIECE_BYTES = 16_384;
  private static final System.Logger LOG = System.getLogger(LogStream.class.getName());

  private final AsyncContext context;
  private final Path log;
  private final Executor readers;
  private final DepartedClients departed;
  private final Peer peer;

  /** How often it was asked to move on since the last time it did. */
  private final AtomicInteger asked = new AtomicInteger();

  private final AtomicReference<LogFollower> follower = new AtomicReference<>();
  private final AtomicBoolean completed = new AtomicBoolean();
  private ServletOutputStream out;
  private boolean unflushed = true;
  private volatile boolean ended;

  private LogStream(AsyncContext context, Path log, Executor readers, DepartedClients departed) {
    this.context = context;
    this.log = log;
    this.readers = readers;
    this.departed = departed;
    peer = Peer.of(context.getRequest());
  }

  /**
   * Streams {@code log}, from a little before its end; 404 when there is no such file. Called on
   * the thread of the request.
   */
  static void start(AsyncContext context, Path log, Executor readers, DepartedClients departed) {
    LogStream stream = new LogStream(context, log, readers, departed);
    context.setTimeout(0);
    context.addListener(stream);
    departed.watch(stream.peer, stream::end);
    readers.execute(stream::open);
  }

  private void open() {
    try {
      follower.set(LogFollower.open(log, LogFollower.HEAD_BYTES));
    } catch (IOException e) {
      departed.forget(peer);
      ErrorPage.send(context, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    try {
      HttpServletResponse response = (HttpServletResponse) context.getResponse();
      response.setContentType("text/plain;charset=utf-8");
      response.setDateHeader("Last-Modified", Files.getLastModifiedTime(log).toMillis());
      // nginx would hold back what is to be seen at once
      response.setHeader("X-Accel-Buffering", "no");
      out = response.getOutputStream();
      out.setWriteListener(this);
    } catch (IOException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client left before its tail began", e);
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
        LOG.log(System.Logger.Level.DEBUG, "the client of a tail has gone", e);
        end();
      }
    } while (asked.addAndGet(-seen) != 0);
  }

  /** Copies until the log has no more or the client takes no more; either asks again. */
  private void copy() throws IOException {
    LogFollower following = follower.get();
    while (following != null && !ended && out.isReady()) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      int count = following.read(piece);
      if (count > 0) {
        out.write(piece.array(), 0, count);
        unflushed = true;
      } else if (unflushed) {
        unflushed = false;
        out.flush();
      } else {
        following.onReadable(readers, this::moveOnSoon);
        return;
      }
    }
  }

  private void end() {
    if (completed.compareAndSet(false, true)) {
      release();
      context.complete();
    }
  }

  private void release() {
    ended = true;
    departed.forget(peer);
    LogFollower followed = follower.getAndSet(null);
    if (followed != null) {
      try {
        followed.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "closing a log that was followed", e);
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
