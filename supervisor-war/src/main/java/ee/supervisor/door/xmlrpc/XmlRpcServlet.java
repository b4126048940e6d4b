package ee.supervisor.door.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.access.Caller;
import ee.supervisor.config.LogLevel;
import ee.supervisor.control.PendingAnswers;
import ee.supervisor.control.Supervisor;
import ee.supervisor.door.Doors;
import ee.supervisor.door.auth.AccessFilter;
import ee.supervisor.door.http.ErrorPage;
import ee.supervisor.door.http.RequestBody;
import ee.supervisor.door.http.ResponseBody;
import ee.supervisor.door.http.StreamedBody;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.PythonText;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /RPC2}: takes a method call, answers it when the method has. From the first byte to the
 * last a call holds a thread only while there is something to do for it.
 */
public final class XmlRpcServlet extends HttpServlet {
  /** The largest call that is read, in bytes. */
  static final int MAX_REQUEST_BYTES = 8 << 20;

  /** How much of a call that cannot be read is shown in the log. */
  private static final int MAX_SHOWN_BYTES = 4096;

  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(XmlRpcServlet.class.getName());

  private final transient RequestReader reader = new RequestReader();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<MethodRegistry> methods = Doors.of(getServletContext()).methods();
    if (!request.getMethod().equals("POST")) {
      ErrorPage.send(response, HttpServletResponse.SC_BAD_REQUEST);
    } else if (request.getContentLengthLong() < 0) {
      ErrorPage.send(response, HttpServletResponse.SC_LENGTH_REQUIRED);
    } else if (methods.isEmpty()) {
      ErrorPage.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else {
      Caller caller = AccessFilter.caller(request);
      AsyncContext context = request.startAsync();
      // a process may take as long to stop as its configuration allows
      context.setTimeout(0);
      PendingAnswers.begin();
      context.addListener(new Answered());
      RequestBody.read(request, MAX_REQUEST_BYTES)
          .whenCompleteAsync(
              (body, failure) -> {
                if (failure == null) {
                  answer(context, caller, methods.get(), body);
                } else {
                  refuse(context, failure);
                }
              },
              Doors.of(getServletContext()).executor());
    }
  }

  /** The answer has been handed to the connection, or there is nobody left to take it. */
  private static final class Answered implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      PendingAnswers.end();
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

  private static void refuse(AsyncContext context, Throwable failure) {
    if (failure instanceof RequestBody.TooLargeException) {
      ErrorPage.send(context, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    } else {
      // the connection broke
      context.complete();
    }
  }

  private void answer(AsyncContext context, Caller caller, MethodRegistry methods, byte[] body) {
    RpcRequest read;
    try {
      read = reader.read(body);
    } catch (MalformedRequestException e) {
      LOG.log(System.Logger.Level.WARNING, "XML-RPC request is invalid: {0}", e.getMessage());
      log().ifPresent(log -> log.error(complaint(body, e)));
      ErrorPage.send(context, HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    RpcRequest call = read;
    trace(() -> "XML-RPC method called: %s()".formatted(call.method()));
    methods
        .call(caller, call.method(), call.arguments())
        .whenCompleteAsync(
            (result, failure) -> respond(context, call.method(), result, failure),
            Doors.of(getServletContext()).executor());
  }

  /** The client's mistake is for its author, who reads supervisord's log and not Payara's. */
  private static String complaint(byte[] body, MalformedRequestException why) {
    String data = new String(body, 0, Math.min(body.length, MAX_SHOWN_BYTES), UTF_8);
    String more = body.length > MAX_SHOWN_BYTES ? "..." : "";
    return "XML-RPC request data %s%s is invalid: %s"
        .formatted(PythonText.repr(data), more, why.reason());
  }

  private static String outcome(Throwable failure) {
    if (failure == null) {
      return "successfully";
    }
    RpcFault fault = RpcFault.of(failure);
    return "fault: [%d] %s".formatted(fault.code(), fault.text());
  }

  private void trace(Supplier<String> line) {
    log().filter(log -> log.isEnabled(LogLevel.TRAC)).ifPresent(log -> log.trace(line.get()));
  }

  private Optional<ActivityLog> log() {
    return Doors.of(getServletContext()).supervisor().map(Supervisor::log);
  }

  private void respond(AsyncContext context, String method, Object result, Throwable failure) {
    if (failure != null && !RpcFault.isRefusal(failure)) {
      LOG.log(System.Logger.Level.ERROR, "XML-RPC method " + method + " failed", failure);
      ErrorPage.send(context, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      return;
    }
    trace(() -> "XML-RPC method %s() returned %s".formatted(method, outcome(failure)));
    try {
      send(
          context,
          failure == null ? result(method, result) : ResponseWriter.fault(RpcFault.of(failure)));
    } catch (IOException | OutOfMemoryError e) {
      // a client that waits must hear something, and the children must never notice
      LOG.log(System.Logger.Level.ERROR, "the answer of " + method + " cannot be sent", e);
      ErrorPage.send(context, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private void send(AsyncContext context, RpcAnswer answer) throws IOException {
    if (answer.isWhole()) {
      byte[] body = answer.toBytes();
      context.getResponse().setContentType("text/xml");
      ResponseBody.send(context, body);
    } else {
      context.getResponse().setContentType("text/xml");
      StreamedBody.send(context, answer.open(), Doors.of(getServletContext()).logReaders());
    }
  }

  private static RpcAnswer result(String method, Object result) {
    try {
      return ResponseWriter.result(result);
    } catch (ResponseWriter.UnwritableResultException e) {
      LOG.log(System.Logger.Level.ERROR, "XML-RPC method " + method + " returned nonsense", e);
      return ResponseWriter.fault(RpcFault.of(e));
    }
  }
}
