package ee.supervisor.door.http;

import ee.supervisor.control.PendingAnswers;
import ee.supervisor.door.Doors;
import ee.supervisor.door.auth.AccessFilter;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.xmlrpc.XmlRpcHandler;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Has those paths served that need no container, by the handlers that serve them wherever there is
 * none.
 */
public final class HandlerServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final byte[] NO_BODY = new byte[0];
  private static final System.Logger LOG = System.getLogger(HandlerServlet.class.getName());

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    Doors doors = Doors.of(getServletContext());
    HttpHandler handler = doors.handler(request.getServletPath());
    AsyncContext context = request.startAsync();
    // a process may take as long to stop as its configuration allows
    context.setTimeout(0);
    Exchange exchange = new Exchange(doors, context);
    context.addListener(exchange);
    body(request)
        .thenCompose(body -> handler.handle(neutral(request, body)))
        .whenComplete(exchange::send);
  }

  /** Only a call has a body that anybody reads; one of unknown length is refused unread. */
  private static CompletionStage<byte[]> body(HttpServletRequest request) {
    return XmlRpcHandler.matches(request.getServletPath())
            && request.getMethod().equals("POST")
            && request.getContentLengthLong() > 0
        ? RequestBody.read(request, XmlRpcHandler.MAX_REQUEST_BYTES)
        : CompletableFuture.completedStage(NO_BODY);
  }

  private static HttpRequest neutral(HttpServletRequest request, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
    }
    String path = request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
    String query = Optional.ofNullable(request.getQueryString()).orElse("");
    return new HttpRequest(
        request.getMethod(), path, query, headers, body, AccessFilter.caller(request));
  }

  /** One request and its response, pending until that has been handed to the connection. */
  private static final class Exchange implements AsyncListener {
    private final Doors doors;
    private final AsyncContext context;

    /** An endless response is nothing that supervisord's end has to wait for. */
    private final AtomicBoolean pending = new AtomicBoolean(true);

    private final CompletableFuture<AsyncEvent> completed = new CompletableFuture<>();

    Exchange(Doors doors, AsyncContext context) {
      this.doors = doors;
      this.context = context;
      PendingAnswers.begin();
    }

    void send(HttpResponse response, Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause == null) {
        send(response);
      } else if (cause instanceof RequestBody.RefusedException refused) {
        send(HttpResponse.error(refused.status()));
      } else if (cause instanceof IOException) {
        // the connection broke
        complete();
      } else {
        LOG.log(System.Logger.Level.ERROR, "a handler failed", cause);
        send(HttpResponse.error(500));
      }
    }

    private void send(HttpResponse response) {
      try {
        begin(response);
      } catch (IOException | IllegalStateException e) {
        LOG.log(System.Logger.Level.DEBUG, "a client left before its response began", e);
        close(response.body());
        complete();
      }
    }

    private void begin(HttpResponse response) throws IOException {
      HttpServletResponse target = (HttpServletResponse) context.getResponse();
      target.setStatus(response.status());
      response.headers().forEach(target::setHeader);
      if (response.body() instanceof HttpResponse.Body.Whole whole) {
        ResponseBody.send(context, whole.bytes());
      } else if (response.body() instanceof HttpResponse.Body.Streamed streamed) {
        onCompletion(event -> close(streamed));
        target.setContentLengthLong(streamed.length());
        StreamedBody.send(context, streamed.source().open(), doors.logReaders());
      } else if (response.body() instanceof HttpResponse.Body.Endless endless) {
        end();
        if (request().getMethod().equals("HEAD")) {
          // the response to GET does not end; this one does
          context.complete();
          return;
        }
        EndlessBody.start(
            context,
            listener -> onCompletion(event -> tell(listener, event)),
            endless.source(),
            doors.logReaders(),
            doors.departedClients());
      }
    }

    private void complete() {
      try {
        context.complete();
      } catch (IllegalStateException e) {
        LOG.log(System.Logger.Level.DEBUG, "the container has seen the client leave, too", e);
      }
    }

    private static void close(HttpResponse.Body body) {
      if (body instanceof HttpResponse.Body.Streamed streamed) {
        try {
          streamed.source().close();
        } catch (IOException e) {
          LOG.log(System.Logger.Level.DEBUG, "closing what was sent", e);
        }
      }
    }

    private HttpServletRequest request() {
      return (HttpServletRequest) context.getRequest();
    }

    private void end() {
      if (pending.compareAndSet(true, false)) {
        PendingAnswers.end();
      }
    }

    /** By now the container takes no more listeners. */
    private void onCompletion(Consumer<AsyncEvent> action) {
      CompletionStage<AsyncEvent> completion = completed;
      completion.thenAccept(action);
    }

    private static void tell(AsyncListener listener, AsyncEvent event) {
      try {
        listener.onComplete(event);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "closing what was sent", e);
      }
    }

    @Override
    public void onComplete(AsyncEvent event) {
      end();
      completed.complete(event);
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
      event.getAsyncContext().complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
