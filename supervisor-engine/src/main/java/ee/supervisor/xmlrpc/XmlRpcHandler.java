package ee.supervisor.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.LogLevel;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.HeldLog;
import ee.supervisor.text.PythonText;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code /RPC2}: takes a method call, responds when the method has. From the first byte to the last
 * a call holds a thread only while there is something to do for it; one that asks for what the
 * engine's snapshot holds gets its response at once, on the thread that brought it.
 */
public final class XmlRpcHandler implements HttpHandler {
  /** The largest call that a server has to hand on, in bytes; more gets a 413. */
  public static final int MAX_REQUEST_BYTES = 8 << 20;

  /**
   * The largest call that is carried out on the thread that brings it, which has all other clients
   * to serve: no ordinary one is larger, but a multicall of many may be. 800 clients that each sent
   * large ones ahead made another one wait for seconds.
   */
  private static final int MAX_INLINE_BYTES = 2 << 10;

  /** The largest response that is handed over as one array, and not read while it is sent. */
  private static final int MAX_WHOLE_BYTES = 256 << 10;

  /** How much of a call that cannot be read is shown in the log. */
  private static final int MAX_SHOWN_BYTES = 4096;

  private static final String PATH = "/RPC2";
  private static final Map<String, String> HEADERS = Map.of("Content-Type", "text/xml");
  private static final System.Logger LOG = System.getLogger(XmlRpcHandler.class.getName());

  private final RequestReader reader = new RequestReader();
  private final OpenedSupervisor opened;
  private final MemoryBudget budget;
  private final Complaints complaints;

  /**
   * @param opened what can be called, and the threads for it
   */
  public XmlRpcHandler(OpenedSupervisor opened) {
    this.opened = opened;
    budget = opened.budget();
    complaints = Complaints.on(opened.work());
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
    Call call = new Call(settings.get(), request);
    return request.body().length <= MAX_INLINE_BYTES
        ? call.respond()
        : CompletableFuture.supplyAsync(call::respond, opened.work())
            .thenCompose(response -> response);
  }

  /** One call on its way. */
  private final class Call {
    private final MethodRegistry methods;
    private final ActivityLog log;
    private final HttpRequest request;

    /** What the call takes while it is carried out, then what its response takes. */
    private final MemoryBudget.Account account = budget.open();

    Call(OpenedSupervisor.Settings settings, HttpRequest request) {
      this.methods = settings.methods();
      this.log = settings.supervisor().log();
      this.request = request;
    }

    CompletionStage<HttpResponse> respond() {
      try {
        return carryOut();
      } catch (MalformedRequestException e) {
        complaints.log(log, LogLevel.ERRO, () -> complaint(e));
        return ended(400);
      } catch (OversizeException e) {
        return ended(503);
      } catch (RuntimeException | Error e) {
        account.close();
        throw e;
      }
    }

    private CompletionStage<HttpResponse> carryOut() throws MalformedRequestException {
      RpcRequest call = reader.read(request.body(), account);
      trace(() -> "XML-RPC method called: %s()".formatted(call.method()));
      return methods
          .call(request.caller(), call.method(), call.arguments())
          .handle(
              (result, failure) -> {
                account.give(Long.MAX_VALUE);
                return response(call.method(), result, failure);
              })
          .thenCompose(response -> response);
    }

    private CompletionStage<HttpResponse> response(
        String method, Object result, Throwable failure) {
      if (failure != null && !XmlRpcFault.isFault(failure)) {
        return broken(method, failure);
      }
      trace(() -> "XML-RPC method %s() returned %s".formatted(method, outcome(failure)));
      try {
        return send(failure == null ? result(method, result) : fault(failure));
      } catch (OversizeException e) {
        return refuse(e);
      } catch (RuntimeException | Error e) {
        return broken(method, e);
      }
    }

    private CompletionStage<HttpResponse> refuse(OversizeException why) {
      try {
        return send(fault(why));
      } catch (OversizeException noRoomAtAll) {
        return ended(503);
      }
    }

    private CompletionStage<HttpResponse> broken(String method, Throwable failure) {
      complaints.log(log, LogLevel.CRIT, () -> failed(failure));
      LOG.log(System.Logger.Level.DEBUG, "XML-RPC method " + method + " failed", failure);
      return ended(500);
    }

    private RpcResponse result(String method, Object result) {
      XmlOutput out = new XmlOutput(budget, account);
      try {
        ResponseWriter.result(out, result);
        return out.response();
      } catch (UnwritableResultException e) {
        complaints.log(
            log, LogLevel.CRIT, () -> "XML-RPC method " + method + "() returned nonsense: " + e);
        out.response().close();
        return fault(e);
      } catch (RuntimeException | Error e) {
        out.response().close();
        throw e;
      }
    }

    private RpcResponse fault(Throwable failure) {
      // of what was written before there is no use any more
      account.give(Long.MAX_VALUE);
      XmlOutput out = new XmlOutput(budget, account);
      ResponseWriter.fault(out, XmlRpcFault.of(failure));
      return out.response();
    }

    private CompletionStage<HttpResponse> send(RpcResponse rpcResponse) {
      List<HeldLog> logs = rpcResponse.logs();
      if (!logs.isEmpty()) {
        return LengthCount.of(logs, opened.logReaders())
            .handle((lengths, failure) -> measured(rpcResponse, lengths, failure));
      }
      if (rpcResponse.xmlBytes() > MAX_WHOLE_BYTES) {
        return completedStage(streamed(rpcResponse, List.of()));
      }
      byte[] xml = rpcResponse.toBytes();
      // the server has it in an account of its own from now on
      account.close();
      return completedStage(new HttpResponse(200, HEADERS, new HttpResponse.Body.Whole(xml)));
    }

    private HttpResponse measured(
        RpcResponse rpcResponse, List<Long> logLengths, Throwable failure) {
      if (failure == null) {
        return streamed(rpcResponse, logLengths);
      }
      rpcResponse.close();
      account.close();
      complaints.log(log, LogLevel.CRIT, () -> failed(failure));
      return HttpResponse.error(500);
    }

    private HttpResponse streamed(RpcResponse rpcResponse, List<Long> logLengths) {
      long length = rpcResponse.xmlBytes();
      for (long logLength : logLengths) {
        length += logLength;
      }
      return new HttpResponse(
          200,
          HEADERS,
          new HttpResponse.Body.Streamed(
              length,
              new HttpResponse.Source() {
                @Override
                public InputStream open() {
                  return new FilterInputStream(rpcResponse.open(logLengths)) {
                    @Override
                    public void close() {
                      rpcResponse.close();
                      account.close();
                    }
                  };
                }

                @Override
                public void close() {
                  rpcResponse.close();
                  account.close();
                }
              }));
    }

    private CompletionStage<HttpResponse> ended(int status) {
      account.close();
      return completedStage(HttpResponse.error(status));
    }

    /** The client's mistake is for its author, who reads supervisord's log. */
    private String complaint(MalformedRequestException why) {
      return "XML-RPC request data %s is invalid: %s".formatted(data(), why.reason());
    }

    private String failed(Throwable failure) {
      return "Handling XML-RPC request with data %s raised an unexpected exception: %s%s"
          .formatted(data(), XmlRpcFault.reason(failure), place(failure));
    }

    /** Where a defect is: its author has to find it. */
    private static String place(Throwable failure) {
      StackTraceElement[] trace = XmlRpcFault.unwrapped(failure).getStackTrace();
      return trace.length == 0 ? "" : " at " + trace[0];
    }

    private String data() {
      byte[] body = request.body();
      String data = new String(body, 0, Math.min(body.length, MAX_SHOWN_BYTES), UTF_8);
      return PythonText.repr(data) + (body.length > MAX_SHOWN_BYTES ? "..." : "");
    }

    private void trace(Supplier<String> line) {
      if (log.isEnabled(LogLevel.TRAC)) {
        log.trace(line.get());
      }
    }

    private static String outcome(Throwable failure) {
      if (failure == null) {
        return "successfully";
      }
      XmlRpcFault fault = XmlRpcFault.of(failure);
      return "fault: [%d] %s".formatted(fault.code(), fault.text());
    }
  }
}
