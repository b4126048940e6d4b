package ee.supervisor.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code /api/v1/events}: what happens, as server-sent events. A client costs a few kilobytes,
 * whether it reads or not.
 */
public final class EventsHandler implements HttpHandler {
  private static final String PATH = "/api/v1/events";
  private static final String ONCE = "lastEventId";
  private static final String OFTEN = "type";
  private static final Map<String, String> ALLOWED = Map.of("Allow", "GET, HEAD, OPTIONS");

  private final Supplier<Optional<Supervisor>> supervisor;
  private final Supplier<LiveData> live;

  /**
   * @param supervisor whose events they are, if there is one now
   * @param live remembers them
   */
  public EventsHandler(Supplier<Optional<Supervisor>> supervisor, Supplier<LiveData> live) {
    this.supervisor = supervisor;
    this.live = live;
  }

  /** Whether a request for {@code path} is for this handler. */
  public static boolean matches(String path) {
    return path.equals(PATH);
  }

  @Override
  public CompletionStage<HttpResponse> handle(HttpRequest request) {
    return completedStage(respond(request));
  }

  private HttpResponse respond(HttpRequest request) {
    if (request.method().equals("OPTIONS")) {
      return new HttpResponse(200, ALLOWED, new HttpResponse.Body.Whole(new byte[0]));
    } else if (!List.of("GET", "HEAD").contains(request.method())) {
      return problem(405, "Method Not Allowed", "events can only be read", ALLOWED);
    }
    Optional<Supervisor> running = supervisor.get();
    if (running.isEmpty()) {
      return problem(503, "Service Unavailable", "supervisord is not running", Map.of());
    }
    Query query;
    try {
      query = Query.parse(request.query());
    } catch (QueryException e) {
      return problem(400, "Bad Request", e.getMessage(), Map.of());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/event-stream;charset=utf-8");
    headers.put("Cache-Control", "no-store");
    headers.put("X-Accel-Buffering", "no");
    // a browser sends the header when it comes again; who comes by hand may use the query
    String lastEventId = request.header("Last-Event-ID").or(() -> query.lastEventId()).orElse("");
    EventHistory history = live.get().history(running.get());
    EventFeed feed = EventFeed.of(history, query.types(), lastEventId);
    return new HttpResponse(200, headers, new HttpResponse.Body.Endless(() -> feed));
  }

  /** In the form of RFC 9457, as all of REST has it. */
  private static HttpResponse problem(
      int status, String title, String detail, Map<String, String> more) {
    String body =
        JsonWriter.string()
            .object()
            .value("type", "about:blank")
            .value("title", title)
            .value("status", status)
            .value("detail", detail)
            .end()
            .done();
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/problem+json");
    return new HttpResponse(status, headers, new HttpResponse.Body.Whole(body.getBytes(UTF_8)));
  }

  /** What is wrong with a query; the message is for the client. */
  private static final class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    QueryException(String message) {
      super(message);
    }
  }

  /** What a client asks for. */
  private record Query(Set<Event.Type> types, Optional<String> lastEventId) {

    static Query parse(String query) throws QueryException {
      List<String> names = new ArrayList<>();
      Optional<String> last = Optional.empty();
      for (String parameter : query.split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
        String value = decode(equals < 0 ? "" : parameter.substring(equals + 1));
        if (name.equals(OFTEN)) {
          names.addAll(List.of(value.split(",", -1)));
        } else if (name.equals(ONCE) && last.isPresent()) {
          throw new QueryException("\"" + name + "\" is given more than once");
        } else if (name.equals(ONCE)) {
          last = Optional.of(value);
        } else if (!parameter.isEmpty()) {
          throw new QueryException(
              "unknown parameter \"%s\"; known are %s, %s".formatted(name, ONCE, OFTEN));
        }
      }
      return new Query(names.isEmpty() ? EnumSet.allOf(Event.Type.class) : types(names), last);
    }

    private static String decode(String text) throws QueryException {
      try {
        return URLDecoder.decode(text, UTF_8);
      } catch (IllegalArgumentException e) {
        throw new QueryException("\"" + text + "\" is not in percent-encoding");
      }
    }

    private static Set<Event.Type> types(List<String> names) throws QueryException {
      Set<Event.Type> types = EnumSet.noneOf(Event.Type.class);
      for (String name : names) {
        types.add(
            Event.Type.named(name)
                .orElseThrow(() -> new QueryException("type=" + name + " is no type of event")));
      }
      return types;
    }
  }
}
