package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.access.Caller;
import ee.supervisor.config.LogLevel;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.PythonText;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * {@code /RPC2}: takes a method call, responds when the method has. From the first byte to the last
 * a call holds a thread only while there is something to do for it.
 */
public final class XmlRpcHandler implements HttpHandler {
  /** The largest call that a server has to hand on, in bytes; more gets a 413. */
  public static final int MAX_REQUEST_BYTES = 8 << 20;

  /** The largest call that is read on the thread that brings it. */
  private static final int MAX_INLINE_BYTES = 64 << 10;

  /** How much of a call that cannot be read is shown in the log. */
  private static final int MAX_SHOWN_BYTES = 4096;

  private static final String PATH = "/RPC2";
  private static final Map<String, String> HEADERS = Map.of("Content-Type", "text/xml");
  private static final System.Logger LOG = System.getLogger(XmlRpcHandler.class.getName());

  private final RequestReader reader = new RequestReader();
  private final OpenedSupervisor opened;
  private final Executor work;

  /**
   * @param opened what can be called
   * @param work where calls are read that take more than a moment
   */
  public XmlRpcHandler(OpenedSupervisor opened, Executor work) {
    this.opened = opened;
    this.work = work;
  }

  /** Whether a request for {@code path} is for this handler: all that begins like its path. */
  public static boolean matches(String path) {
    return path.startsWith(PATH);
  }

  @Override
  public CompletionStage<HttpResponse> handle(HttpRequest request) {
    if (!request.method().equals("POST")) {
      return completedStage(HttpResponse.error(400));
    }
    if (request.header("content-length").isEmpty()) {
      return completedStage(HttpResponse.error(411));
    }
    Optional<OpenedSupervisor.Settings> settings = opened.settings();
    if (settings.isEmpty()) {
      return completedStage(HttpResponse.error(503));
    }
    return request.body().length <= MAX_INLINE_BYTES
        ? respond(settings.get(), request.caller(), request.body())
        : CompletableFuture.supplyAsync(
                () -> respond(settings.get(), request.caller(), request.body()), work)
            .thenCompose(response -> response);
  }

  private CompletionStage<HttpResponse> respond(
      OpenedSupervisor.Settings settings, Caller caller, byte[] body) {
    ActivityLog log = settings.supervisor().log();
    RpcRequest call;
    try {
      call = reader.read(body);
    } catch (MalformedRequestException e) {
      log.error(complaint(body, e));
      return completedStage(HttpResponse.error(400));
    }
    trace(log, () -> "XML-RPC method called: %s()".formatted(call.method()));
    return settings
        .methods()
        .call(caller, call.method(), call.arguments())
        .handle((result, failure) -> response(log, call.method(), result, failure));
  }

  /** The client's mistake is for its author, who reads supervisord's log. */
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

  private static void trace(ActivityLog log, Supplier<String> line) {
    if (log.isEnabled(LogLevel.TRAC)) {
      log.trace(line.get());
    }
  }

  private static HttpResponse response(
      ActivityLog log, String method, Object result, Throwable failure) {
    if (failure != null && !RpcFault.isRefusal(failure)) {
      LOG.log(System.Logger.Level.ERROR, "XML-RPC method " + method + " failed", failure);
      return HttpResponse.error(500);
    }
    trace(log, () -> "XML-RPC method %s() returned %s".formatted(method, outcome(failure)));
    try {
      RpcAnswer answer =
          failure == null ? result(method, result) : ResponseWriter.fault(RpcFault.of(failure));
      return new HttpResponse(200, HEADERS, new HttpResponse.Body.Whole(answer.toBytes()));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the response of " + method + " cannot be sent", e);
      return HttpResponse.error(500);
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
