package ee.supervisor.door.logtail;

import ee.supervisor.door.http.ErrorPage;
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
import java.util.concurrent.atomic.AtomicInteger;

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
  private final ServletOutputStream out;
  private final LogFollower follower;
  private final Executor readers;

  /** How often it was asked to move on since the last time it did. */
  private final AtomicInteger asked = new AtomicInteger();

  private boolean unflushed = true;
  private volatile boolean ended;

  private LogStream(
      AsyncContext context, ServletOutputStream out, LogFollower follower, Executor readers) {
    this.context = context;
    this.out = out;
    this.follower = follower;
    this.readers = readers;
  }

  /** Streams {@code log}, from a little before its end; 404 when there is no such file. */
  static void start(AsyncContext context, Path log, Executor readers) {
    context.setTimeout(0);
    readers.execute(() -> open(context, log, readers));
  }

  private static void open(AsyncContext context, Path log, Executor readers) {
    LogFollower follower;
    try {
      follower = LogFollower.open(log, LogFollower.HEAD_BYTES);
    } catch (IOException e) {
      ErrorPage.send(context, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    try {
      HttpServletResponse response = (HttpServletResponse) context.getResponse();
      response.setContentType("text/plain;charset=utf-8");
      response.setDateHeader("Last-Modified", Files.getLastModifiedTime(log).toMillis());
      // nginx would hold back what is to be seen at once
      response.setHeader("X-Accel-Buffering", "no");
      ServletOutputStream out = response.getOutputStream();
      LogStream stream = new LogStream(context, out, follower, readers);
      context.addListener(stream);
      out.setWriteListener(stream);
    } catch (IOException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client left before its tail began", e);
      close(follower);
      context.complete();
    }
  }

  @Override
  public void onWritePossible() {
    moveOnSoon();
  }

  private void moveOnSoon() {
    if (asked.getAndIncrement() == 0) {
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
    while (!ended && out.isReady()) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      int count = follower.read(piece);
      if (count > 0) {
        out.write(piece.array(), 0, count);
        unflushed = true;
      } else if (unflushed) {
        unflushed = false;
        out.flush();
      } else {
        follower.onReadable(readers, this::moveOnSoon);
        return;
      }
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      close(follower);
      context.complete();
    }
  }

  private static void close(LogFollower follower) {
    try {
      follower.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a log that was followed", e);
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
    ended = true;
    close(follower);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // the request is never started again
  }
}
