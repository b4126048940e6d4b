package ee.supervisor.web.http;

import ee.supervisor.budget.MemoryBudget;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The body of a request, read whole while no thread of the container waits for it.
 *
 * <p>What all clients together have sent is bounded by {@link MemoryBudget}, each body until its
 * request has been responded to: what is made of it is at least as large.
 */
public final class RequestBody {

  private RequestBody() {}

  /** Whether {@code request} says that it has one. */
  public static boolean isSent(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Reads the body of {@code request}, which has been put into asynchronous mode. Called on the
   * thread of the request.
   *
   * @param maxBytes the most that is taken
   * @param readers who read it
   * @return completes with the body; exceptionally with {@link RefusedException}, or with the
   *     {@link IOException} of a connection that broke: the response then closes the connection
   */
  public static CompletionStage<byte[]> read(
      HttpServletRequest request, int maxBytes, BodyReaders readers) {
    AsyncContext context = request.getAsyncContext();
    return body(request, context, maxBytes, readers)
        .whenComplete(
            (body, failure) -> {
              if (failure != null) {
                // the rest of it must not be taken for a request
                ((HttpServletResponse) context.getResponse()).setHeader("Connection", "close");
              }
            });
  }

  /** Why the body was not taken, empty where {@code failure} is that of the connection. */
  public static Optional<RefusedException> refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RefusedException refused ? Optional.of(refused) : Optional.empty();
  }

  private static CompletionStage<byte[]> body(
      HttpServletRequest request, AsyncContext context, int maxBytes, BodyReaders readers) {
    long length = request.getContentLengthLong();
    if (length > maxBytes) {
      return CompletableFuture.failedStage(RefusedException.tooLarge());
    }
    MemoryBudget.Account account = MemoryBudget.ofProcess().open();
    context.addListener(new Release(account));
    try {
      return readers.read(request.getInputStream(), length, maxBytes, account);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Gives back what a request held when it has been responded to. */
  private record Release(MemoryBudget.Account account) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
      account.close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      account.close();
    }

    @Override
    public void onError(AsyncEvent event) {
      account.close();
    }

    /** Dispatched and asynchronous again: a listener is asked anew each time. */
    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }

  /** A body that is not taken. */
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private RefusedException(int status, String message) {
      super(message);
      this.status = status;
    }

    static RefusedException tooLarge() {
      return new RefusedException(413, "the body of the request is too large");
    }

    static RefusedException tooSlow() {
      return new RefusedException(408, "the body of the request did not come in time");
    }

    static RefusedException tooMuchAtOnce() {
      return new RefusedException(503, "too much is being sent at once");
    }

    /** The status that the client gets. */
    public int status() {
      return status;
    }
  }
}
