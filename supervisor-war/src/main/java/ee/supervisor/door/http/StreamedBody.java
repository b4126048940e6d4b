package ee.supervisor.door.http;

import ee.supervisor.door.Doors;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;

/**
 * Sends an answer that is read while it is sent, as fast as the client takes it and without a
 * thread that waits for it. An answer that cannot be read to its end stops short.
 */
public final class StreamedBody implements WriteListener {
  private static final System.Logger LOG = System.getLogger(StreamedBody.class.getName());

  private final OpenAnswer answer;
  private final ServletOutputStream out;
  private final InputStream body;
  private final Executor readers;
  private final SendWindows.Window window;

  private StreamedBody(
      AsyncContext context,
      ServletOutputStream out,
      InputStream body,
      Executor readers,
      SendWindows windows) {
    // no listener of the context: Payara takes those on the thread of the request alone
    answer = new OpenAnswer(context, this::close);
    this.out = out;
    this.body = body;
    this.readers = readers;
    window = windows.open(Peer.of(context.getRequest()), answer::end);
  }

  /**
   * Sends {@code body}, closes it and ends the request. Status and headers are set before.
   *
   * @param readers where {@code body} is read
   */
  public static void send(AsyncContext context, InputStream body, Executor readers)
      throws IOException {
    send(context, body, readers, Doors.of(context.getRequest().getServletContext()).sendWindows());
  }

  static void send(AsyncContext context, InputStream body, Executor readers, SendWindows windows)
      throws IOException {
    ServletOutputStream out = context.getResponse().getOutputStream();
    out.setWriteListener(new StreamedBody(context, out, body, readers, windows));
  }

  @Override
  public void onWritePossible() {
    readers.execute(this::copy);
  }

  /** Ends with everything sent, or when the client takes no more and the container calls again. */
  private void copy() {
    try {
      while (answer.isReady(out) && window.hasRoom(this::onWritePossible)) {
        byte[] piece = body.readNBytes(SendWindows.PIECE_BYTES);
        if (piece.length == 0) {
          // what is told of the end may be the end of all
          answer.touch(out::flush);
          answer.end();
        } else {
          answer.touch(() -> out.write(piece));
          window.wrote(piece.length);
        }
      }
    } catch (IOException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "an answer that was not sent to its end", e);
      answer.end();
    }
  }

  private void close() {
    window.close();
    try {
      body.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing what was sent", e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    answer.end();
  }
}
