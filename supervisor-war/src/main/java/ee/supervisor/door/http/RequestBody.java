package ee.supervisor.door.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collects the body of a request as it comes in, so that a client that dawdles holds no thread.
 *
 * <p>What all clients together have sent and nobody has worked off yet is bounded, too: a door must
 * not fill the memory that the engine lives in.
 */
public final class RequestBody implements ReadListener {
  private static final AtomicLong HELD_BYTES = new AtomicLong();
  private static final int FIRST_BYTES = 1024;

  private final ServletInputStream in;
  private final int maxBytes;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream(FIRST_BYTES);
  private final byte[] buffer = new byte[8192];
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();

  private RequestBody(ServletInputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads the body of {@code request}, which has been put into asynchronous mode.
   *
   * @param maxBytes the most that is taken
   * @return completes with the body; exceptionally with {@link TooLargeException}, or with the
   *     {@link IOException} of a connection that broke
   */
  public static CompletionStage<byte[]> read(HttpServletRequest request, int maxBytes) {
    if (request.getContentLengthLong() > maxBytes) {
      return CompletableFuture.failedStage(new TooLargeException());
    }
    try {
      ServletInputStream in = request.getInputStream();
      RequestBody body = new RequestBody(in, maxBytes);
      in.setReadListener(body);
      return body.done;
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    // not isFinished(): in Payara that is true as soon as all has come, read or not
    while (!done.isDone() && in.isReady()) {
      int count = in.read(buffer);
      if (count < 0) {
        return;
      }
      if (collected.size() + count > maxBytes || !hold(count)) {
        onError(new TooLargeException());
        return;
      }
      collected.write(buffer, 0, count);
    }
  }

  @Override
  public void onAllDataRead() {
    // the container tells of the end of what was refused, too
    if (!done.isDone()) {
      release();
      done.complete(collected.toByteArray());
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!done.isDone()) {
      release();
      done.completeExceptionally(failure);
    }
  }

  /** What all requests hold now. */
  static long heldBytes() {
    return HELD_BYTES.get();
  }

  private static boolean hold(int count) {
    if (HELD_BYTES.addAndGet(count) <= Runtime.getRuntime().maxMemory() / 8) {
      return true;
    }
    HELD_BYTES.addAndGet(-count);
    return false;
  }

  private void release() {
    HELD_BYTES.addAndGet(-collected.size());
  }

  /** The body is larger than the door takes; the client is answered 413. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("the body of the request is too large");
    }
  }
}
