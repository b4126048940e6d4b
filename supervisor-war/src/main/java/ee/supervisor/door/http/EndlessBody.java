package ee.supervisor.door.http;

import ee.supervisor.door.Doors;
import ee.supervisor.http.ByteSource;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * An answer that never ends by itself: to one client that follows a log, or hears events. While
 * there is nothing to send, or the client is slow, it holds its source and a few objects: no
 * thread, no buffer.
 *
 * <p>The source and the container both call it; what they ask for is done by one thread of {@code
 * readers} at a time.
 */
public final class EndlessBody implements WriteListener {
  private static final System.Logger LOG = System.getLogger(EndlessBody.class.getName());

  private final AsyncContext context;
  private final ByteSource.Opener opener;
  private final Executor readers;
  private final DepartedClients departed;
  private final Peer peer;
  private final OpenAnswer answer;
  private final SendWindows.Window window;

  /** How often it was asked to move on since the last time it did. */
  private final AtomicInteger asked = new AtomicInteger();

  private final AtomicReference<ByteSource> source = new AtomicReference<>();
  private ServletOutputStream out;
  private boolean unflushed = true;

  private EndlessBody(
      AsyncContext context,
      ByteSource.Opener opener,
      Executor readers,
      DepartedClients departed,
      SendWindows windows) {
    this.context = context;
    this.opener = opener;
    this.readers = readers;
    this.departed = departed;
    peer = Peer.of(context.getRequest());
    answer = new OpenAnswer(context, this::release);
    window = windows.open(peer, answer::end);
  }

  /**
   * Streams what {@code opener} opens; 404 when that fails. Called on the thread of the request,
   * with the headers set.
   */
  public static void start(
      AsyncContext context, ByteSource.Opener opener, Executor readers, DepartedClients departed) {
    context.setTimeout(0);
    start(context, context::addListener, opener, readers, departed);
  }

  /**
   * Does so on any thread: by then a container takes neither listeners nor a timeout.
   *
   * @param listeners takes what is to hear of the end of {@code context}
   */
  static void start(
      AsyncContext context,
      Consumer<AsyncListener> listeners,
      ByteSource.Opener opener,
      Executor readers,
      DepartedClients departed) {
    SendWindows windows = Doors.of(context.getRequest().getServletContext()).sendWindows();
    start(context, listeners, opener, readers, departed, windows);
  }

  static void start(
      AsyncContext context,
      Consumer<AsyncListener> listeners,
      ByteSource.Opener opener,
      Executor readers,
      DepartedClients departed,
      SendWindows windows) {
    EndlessBody stream = new EndlessBody(context, opener, readers, departed, windows);
    listeners.accept(stream.answer);
    departed.watch(stream.peer, stream.answer::end);
    readers.execute(stream::open);
  }

  private void open() {
    try {
      if (opened()) {
        if (!answer.touch(this::begin)) {
          // the client left while the source was opened: nobody has closed it
          release();
        }
      } else {
        departed.forget(peer);
        answer.touch(() -> ErrorPage.send(context, HttpServletResponse.SC_NOT_FOUND));
      }
    } catch (IOException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client left before its answer began", e);
      answer.end();
    }
  }

  private boolean opened() {
    try {
      source.set(opener.open());
      return true;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "nothing to send", e);
      return false;
    }
  }

  private void begin() throws IOException {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    // nginx would hold back what is to be seen at once
    response.setHeader("X-Accel-Buffering", "no");
    out = response.getOutputStream();
    out.setWriteListener(this);
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
        LOG.log(System.Logger.Level.DEBUG, "the client has gone", e);
        answer.end();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "an answer that goes on for ever failed", e);
        answer.end();
      }
    } while (asked.addAndGet(-seen) != 0);
  }

  /**
   * Copies until the source has no more, the client takes no more, or as much waits for it as may:
   * each asks again.
   */
  private void copy() throws IOException {
    ByteSource from = source.get();
    while (from != null && answer.isReady(out) && window.hasRoom(this::moveOnSoon)) {
      byte[] piece = new byte[SendWindows.PIECE_BYTES];
      int count = from.read(ByteBuffer.wrap(piece));
      if (count > 0) {
        answer.touch(() -> out.write(piece, 0, count));
      }
      window.wrote(Math.max(count, 0));
      if (count > 0) {
        unflushed = true;
      } else if (unflushed) {
        answer.touch(out::flush);
        unflushed = false;
      } else {
        from.onReadable(readers, this::moveOnSoon);
        if (source.get() == null) {
          // closed meanwhile: what it was just asked for is called off
          from.close();
        }
        return;
      }
    }
  }

  /** Lets go of all that it holds; idempotent. */
  private void release() {
    departed.forget(peer);
    window.close();
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
    answer.end();
  }
}
