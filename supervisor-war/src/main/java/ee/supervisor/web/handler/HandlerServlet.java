package ee.supervisor.web.handler;

import ee.supervisor.control.PendingResponses;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.web.Doors;
import ee.supervisor.web.auth.AccessFilter;
import ee.supervisor.web.http.AsyncResponse;
import ee.supervisor.web.http.RequestBody;
import ee.supervisor.xmlrpc.XmlRpcHandler;
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
    AsyncResponse pending = doors.begin(request);
    // an endless response is nothing that supervisord's end has to wait for
    PendingResponses.begin();
    CompletionStage<Void> settled = pending.settled();
    settled.thenRun(PendingResponses::end);
    body(doors, request)
        .thenCompose(body -> handler.handle(neutral(request, body)))
        .whenComplete((handled, failure) -> send(pending, handled, failure));
  }

  /** Only a call has a body that anybody reads; one of unknown length is refused unread. */
  private static CompletionStage<byte[]> body(Doors doors, HttpServletRequest request) {
    return XmlRpcHandler.matches(request.getServletPath())
            && request.getMethod().equals("POST")
            && request.getContentLengthLong() > 0
        ? RequestBody.read(request, XmlRpcHandler.MAX_REQUEST_BYTES, doors.bodyReaders())
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

  private static void send(AsyncResponse pending, HttpResponse handled, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      pending.send(handled);
    } else if (cause instanceof RequestBody.RefusedException refused) {
      pending.send(HttpResponse.error(refused.status()));
    } else if (cause instanceof IOException) {
      // the connection broke
      pending.abandon();
    } else {
      LOG.log(System.Logger.Level.ERROR, "a handler failed", cause);
      pending.send(HttpResponse.error(500));
    }
  }
}
