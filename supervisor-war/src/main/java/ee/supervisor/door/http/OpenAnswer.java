package ee.supervisor.door.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps hands off an asynchronous answer that has ended. The container ends one whose client has
 * left on a thread of its own, and uses what it was made of for the next: a byte written after that
 * would be in somebody else's answer.
 *
 * <p>Safe for all threads. Its lock is held while the answer is touched, which never waits for the
 * client.
 */
final class OpenAnswer implements AsyncListener {
  private static final System.Logger LOG = System.getLogger(OpenAnswer.class.getName());

  private final AsyncContext context;
  private final Runnable onEnd;
  private final AtomicBoolean completed = new AtomicBoolean();
  private boolean ended;

  /** Something that reads or writes an answer, and never waits. */
  @FunctionalInterface
  interface Touch {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * The answer of {@code context}; to hear of all its ends it has to be made a listener of that.
   *
   * @param onEnd run when the answer has ended, whoever ended it; may be run twice
   */
  OpenAnswer(AsyncContext context, Runnable onEnd) {
    this.context = context;
    this.onEnd = onEnd;
  }

  /** Runs {@code touch} unless the answer has ended, and tells whether it did. */
  synchronized boolean touch(Touch touch) throws IOException {
    if (!ended) {
      touch.run();
    }
    return !ended;
  }

  /** Whether the answer goes on and {@code out}, its own, takes something; the container tells. */
  synchronized boolean isReady(ServletOutputStream out) {
    return !ended && out.isReady();
  }

  /** Ends the answer; idempotent. */
  void end() {
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
    synchronized (this) {
      ended = true;
    }
    onEnd.run();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    completed.set(true);
    release();
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
  public void onStartAsync(AsyncEvent event) {
    // the request is never started again
  }
}
