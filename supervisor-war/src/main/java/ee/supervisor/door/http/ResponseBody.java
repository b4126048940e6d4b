package ee.supervisor.door.http;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.door.Doors;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Sends a whole response as fast as the client takes it, without a thread that waits for it. */
public final class ResponseBody implements WriteListener {
  private static final int PIECE_BYTES = 16_384;

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final byte[] body;
  private int position;

  private ResponseBody(AsyncContext context, ServletOutputStream out, byte[] body) {
    this.context = context;
    this.out = out;
    this.body = body;
  }

  /**
   * Sends {@code body}, which must not change any more, and ends the request. Status and headers
   * are set before.
   */
  public static void send(AsyncContext context, byte[] body) {
    try {
      if (body.length > SendWindows.BYTES) {
        large(context, body);
        return;
      }
      context.getResponse().setContentLength(body.length);
      ServletOutputStream out = context.getResponse().getOutputStream();
      out.setWriteListener(new ResponseBody(context, out, body));
    } catch (IOException | IllegalStateException e) {
      // the client has gone: there is nobody to tell
      context.complete();
    }
  }

  /** It is held as long as the client takes to read it; where there is no room it gets a 503. */
  private static void large(AsyncContext context, byte[] body) throws IOException {
    MemoryBudget.Account account = MemoryBudget.ofProcess().open();
    if (!account.take(body.length)) {
      context.getResponse().reset();
      ErrorPage.send(context, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    context.getResponse().setContentLength(body.length);
    InputStream held =
        new ByteArrayInputStream(body) {
          @Override
          public void close() {
            account.close();
          }
        };
    Doors doors = Doors.of(context.getRequest().getServletContext());
    StreamedBody.send(context, held, doors.executor());
  }

  @Override
  public void onWritePossible() throws IOException {
    while (out.isReady()) {
      if (position == body.length) {
        // complete() tells its listeners before it sends what is buffered, and supervisord may end
        // once they have been told
        out.flush();
        context.complete();
        return;
      }
      int count = Math.min(PIECE_BYTES, body.length - position);
      out.write(body, position, count);
      position += count;
    }
  }

  @Override
  public void onError(Throwable failure) {
    context.complete();
  }
}
