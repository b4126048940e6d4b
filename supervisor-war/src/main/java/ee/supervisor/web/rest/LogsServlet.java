package ee.supervisor.web.rest;

import ee.supervisor.access.Caller;
import ee.supervisor.access.Door;
import ee.supervisor.config.Role;
import ee.supervisor.control.Fault;
import ee.supervisor.control.Namespec;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.logtail.FollowedLog;
import ee.supervisor.output.HeldLog;
import ee.supervisor.output.LogException;
import ee.supervisor.output.LogFollower;
import ee.supervisor.output.LogReader;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.web.Doors;
import ee.supervisor.web.auth.AccessFilter;
import ee.supervisor.web.http.AsyncResponse;
import ee.supervisor.web.http.Preferences;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.BadRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/v1/logs/supervisor}, {@code /api/v1/logs/NAME/stdout} and {@code .../stderr}: a log
 * or a part of it, what it gains, and emptying it. No JAX-RS resource, since what it sends may
 * never end.
 */
public final class LogsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Map<String, String> ALLOWED = Map.of("Allow", "GET, HEAD, DELETE, OPTIONS");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
  private static final int MAX_HEAD_BYTES = 1 << 20;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    Doors doors = Doors.of(getServletContext());
    AsyncResponse pending = doors.begin(request);
    try {
      Supervisor supervisor =
          doors.supervisor().orElseThrow(() -> new SupervisorException(Fault.SHUTDOWN_STATE));
      KnownQuery.checkServlet(request.getParameterMap(), known(request.getMethod()), List.of());
      Target target = Target.of(supervisor, request.getPathInfo());
      switch (request.getMethod()) {
        case "GET", "HEAD" -> get(pending, request, target);
        case "DELETE" -> clear(pending, request, supervisor, target);
        case "OPTIONS" -> pending.send(empty(200, ALLOWED));
        default ->
            pending.send(
                JsonResponse.of(
                    new Problem(405, "a log can be read or emptied", Optional.empty()), ALLOWED));
      }
    } catch (RuntimeException e) {
      pending.send(JsonResponse.of(Problem.of(e)));
    }
  }

  private static HttpResponse empty(int status, Map<String, String> headers) {
    return new HttpResponse(status, headers, new HttpResponse.Body.Whole(new byte[0]));
  }

  private static List<String> known(String method) {
    return switch (method) {
      case "GET", "HEAD" -> List.of("follow", "tail");
      case "DELETE" -> List.of("dryRun");
      default -> List.of();
    };
  }

  /**
   * Which log is meant.
   *
   * @param process empty for the activity log
   */
  private record Target(Optional<ProcessInfo> process, Optional<Path> log) {

    static Target of(Supervisor supervisor, String pathInfo) {
      String path = pathInfo == null ? "" : pathInfo.substring(1);
      int slash = path.indexOf('/');
      if (path.equals("supervisor")) {
        return new Target(Optional.empty(), supervisor.logfile());
      } else if (slash < 0) {
        throw new SupervisorException(Fault.BAD_NAME, path);
      }
      String name = path.substring(0, slash);
      String channel = path.substring(slash + 1);
      if (Namespec.parse(name).process().isEmpty()) {
        throw new SupervisorException(Fault.BAD_NAME, name);
      }
      ProcessInfo process = supervisor.process(name);
      return switch (channel) {
        case "stdout" -> new Target(Optional.of(process), process.stdoutLogfile());
        case "stderr" -> new Target(Optional.of(process), process.stderrLogfile());
        default -> throw new SupervisorException(Fault.BAD_NAME, path);
      };
    }
  }

  private void get(AsyncResponse pending, HttpServletRequest request, Target target) {
    Doors doors = Doors.of(getServletContext());
    // who takes both, as a generated client does, waits for an end
    Preferences accepted = Preferences.of(request.getHeader("Accept"));
    boolean follow =
        RestResource.flag("follow", request.getParameter("follow"))
            || accepted.quality("text/event-stream") > accepted.quality("text/plain");
    int head = headBytes(request.getParameter("tail"));
    boolean body = request.getMethod().equals("GET");
    if (target.log().isEmpty()) {
      pending.send(JsonResponse.of(missing()));
    } else if (follow && body) {
      pending.send(followed(target.log().get(), head));
    } else {
      // nothing of the request is read there: the container may have ended it by then
      RangeHeader asked = body ? RangeHeader.of(request) : RangeHeader.NONE;
      doors.logReaders().execute(() -> pending.send(part(target.log().get(), asked)));
    }
  }

  private static Problem missing() {
    return new Problem(404, "there is no such log file", Optional.of(Fault.NO_FILE));
  }

  private static int headBytes(String tail) {
    if (tail == null) {
      return LogFollower.HEAD_BYTES;
    } else if (tail.matches("[0-9]{1,9}")) {
      return Math.min(MAX_HEAD_BYTES, Integer.parseInt(tail));
    }
    throw new BadRequestException("tail=" + tail + " is no number of bytes");
  }

  private static HttpResponse followed(Path log, int headBytes) {
    return new HttpResponse(
        200,
        Map.of("Content-Type", "text/event-stream;charset=utf-8", "Cache-Control", "no-store"),
        new HttpResponse.Body.Endless(() -> new LogFeed(FollowedLog.open(log, headBytes))));
  }

  private static HttpResponse part(Path log, RangeHeader asked) {
    try {
      long size = Files.size(log);
      Instant modified = Files.getLastModifiedTime(log).toInstant();
      Optional<LogRange> range = LogRange.of(asked.valueFor(modified), size);
      if (range.isEmpty()) {
        return JsonResponse.of(
            new Problem(416, "the log is not that long", Optional.empty()),
            Map.of("Content-Range", "bytes */" + size));
      }
      HeldLog bytes = new LogReader.Piece(log, range.get().first(), range.get().length()).hold();
      return described(range.get(), modified, bytes);
    } catch (IOException | LogException e) {
      return JsonResponse.of(missing());
    }
  }

  /**
   * What a request says about the part that it wants.
   *
   * @param range the header Range, null if there is none
   * @param unchangedSince the header If-Range as milliseconds, negative if there is none
   */
  private record RangeHeader(String range, long unchangedSince) {
    static final RangeHeader NONE = new RangeHeader(null, -1);

    static RangeHeader of(HttpServletRequest request) {
      try {
        return new RangeHeader(request.getHeader("Range"), request.getDateHeader("If-Range"));
      } catch (IllegalArgumentException e) {
        // an entity tag, which a log has not, or made up
        return NONE;
      }
    }

    /** The range; null if what the client has is of the log as it was before. */
    String valueFor(Instant modified) {
      boolean same = unchangedSince < 0 || unchangedSince / 1000 == modified.getEpochSecond();
      return same ? range : null;
    }
  }

  private static HttpResponse described(LogRange range, Instant modified, HeldLog bytes) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain;charset=utf-8");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Accept-Ranges", "bytes");
    headers.put("Cache-Control", "no-cache");
    headers.put("Last-Modified", HTTP_DATE.format(modified.atOffset(ZoneOffset.UTC)));
    if (range.partial()) {
      headers.put("Content-Range", range.contentRange());
    }
    return new HttpResponse(
        range.partial() ? HttpServletResponse.SC_PARTIAL_CONTENT : HttpServletResponse.SC_OK,
        headers,
        new HttpResponse.Body.Streamed(range.length(), source(bytes)));
  }

  private static HttpResponse.Source source(HeldLog log) {
    return new HttpResponse.Source() {
      @Override
      public InputStream open() {
        return log.open();
      }

      @Override
      public void close() throws IOException {
        log.close();
      }
    };
  }

  private void clear(
      AsyncResponse pending, HttpServletRequest request, Supervisor supervisor, Target target) {
    Doors doors = Doors.of(getServletContext());
    Caller caller = AccessFilter.caller(request);
    String what = request.getMethod() + " " + request.getRequestURI();
    // supervisord's own log holds the record of what everybody did
    Role needed = target.process().isPresent() ? Role.OPERATOR : Role.ADMIN;
    String name = target.process().map(ProcessJson::id).orElse("supervisor");
    if (RestResource.flag("dryRun", request.getParameter("dryRun"))) {
      caller.require(needed, what);
      pending.send(
          JsonResponse.of(
              200, Map.of("dryRun", true, "action", "clear", "targets", List.of(name))));
      return;
    }
    CompletionStage<Void> cleared =
        doors
            .audit()
            .orElseThrow()
            .carryOut(
                Door.REST,
                caller,
                needed,
                what,
                () ->
                    target.process().isPresent()
                        ? supervisor.clearProcessLogs(name)
                        : supervisor.clearLog());
    cleared.whenCompleteAsync(
        (done, failure) ->
            pending.send(
                failure == null ? empty(204, Map.of()) : JsonResponse.of(Problem.of(failure))),
        doors.executor());
  }
}
