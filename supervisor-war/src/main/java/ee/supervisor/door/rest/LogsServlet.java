package ee.supervisor.door.rest;

import ee.supervisor.access.Caller;
import ee.supervisor.access.Door;
import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.door.Doors;
import ee.supervisor.door.auth.AccessFilter;
import ee.supervisor.door.http.EndlessBody;
import ee.supervisor.door.http.Preferences;
import ee.supervisor.door.http.ResponseBody;
import ee.supervisor.door.http.StreamedBody;
import ee.supervisor.logtail.FollowedLog;
import ee.supervisor.output.LogFollower;
import ee.supervisor.output.LogReader;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.BadRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/v1/logs/supervisor}, {@code /api/v1/logs/NAME/stdout} and {@code .../stderr}: a log
 * or a part of it, what it gains, and emptying it. No JAX-RS resource, as {@link EventsServlet}.
 */
public final class LogsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String ALLOWED = "GET, HEAD, DELETE, OPTIONS";
  private static final int MAX_HEAD_BYTES = 1 << 20;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    try {
      Supervisor supervisor =
          Doors.of(getServletContext())
              .supervisor()
              .orElseThrow(() -> new SupervisorException(Fault.SHUTDOWN_STATE));
      KnownQuery.checkServlet(request.getParameterMap(), known(request.getMethod()), List.of());
      Target target = Target.of(supervisor, request.getPathInfo());
      switch (request.getMethod()) {
        case "GET", "HEAD" -> get(context, request, target);
        case "DELETE" -> clear(context, request, supervisor, target);
        case "OPTIONS" -> {
          response.setHeader("Allow", ALLOWED);
          ResponseBody.send(context, new byte[0]);
        }
        default -> {
          response.setHeader("Allow", ALLOWED);
          Answers.send(context, new Problem(405, "a log can be read or emptied", Optional.empty()));
        }
      }
    } catch (RuntimeException e) {
      Answers.send(context, Problem.of(e));
    }
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

  private void get(AsyncContext context, HttpServletRequest request, Target target) {
    Doors doors = Doors.of(getServletContext());
    // who takes both, as a generated client does, waits for an end
    Preferences accepted = Preferences.of(request.getHeader("Accept"));
    boolean follow =
        RestResource.flag("follow", request.getParameter("follow"))
            || accepted.quality("text/event-stream") > accepted.quality("text/plain");
    int head = headBytes(request.getParameter("tail"));
    boolean body = request.getMethod().equals("GET");
    if (target.log().isEmpty()) {
      Answers.send(context, missing());
    } else if (follow && body) {
      // on the request's own thread: Payara takes listeners to an asynchronous request nowhere else
      follow(context, target.log().get(), head);
    } else {
      doors.logReaders().execute(() -> send(context, target.log().get(), body));
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

  private void follow(AsyncContext context, Path log, int headBytes) {
    Doors doors = Doors.of(getServletContext());
    EndlessBody.start(
        context,
        () -> {
          LogFeed feed = new LogFeed(FollowedLog.open(log, headBytes));
          Answers.eventStream((HttpServletResponse) context.getResponse());
          return feed;
        },
        doors.logReaders(),
        doors.departedClients());
  }

  private void send(AsyncContext context, Path log, boolean body) {
    HttpServletRequest request = (HttpServletRequest) context.getRequest();
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    try {
      long size = Files.size(log);
      long modified = Files.getLastModifiedTime(log).toMillis();
      Optional<LogRange> range = LogRange.of(body ? rangeHeader(request, modified) : null, size);
      if (range.isEmpty()) {
        response.setHeader("Content-Range", "bytes */" + size);
        Answers.send(context, new Problem(416, "the log is not that long", Optional.empty()));
        return;
      }
      InputStream bytes =
          new LogReader.Piece(log, range.get().first(), range.get().length()).open();
      describe(response, range.get(), modified);
      if (body) {
        StreamedBody.send(context, bytes, Doors.of(getServletContext()).logReaders());
      } else {
        bytes.close();
        context.complete();
      }
    } catch (IOException e) {
      Answers.send(context, missing());
    }
  }

  /** The header Range; null if what the client has is of the log as it was before (If-Range). */
  private static String rangeHeader(HttpServletRequest request, long modifiedMillis) {
    try {
      long known = request.getDateHeader("If-Range");
      boolean same = known < 0 || known / 1000 == modifiedMillis / 1000;
      return same ? request.getHeader("Range") : null;
    } catch (IllegalArgumentException e) {
      // an entity tag, which a log has not, or made up
      return null;
    }
  }

  private static void describe(HttpServletResponse response, LogRange range, long modifiedMillis) {
    response.setContentType("text/plain;charset=utf-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("Cache-Control", "no-cache");
    response.setDateHeader("Last-Modified", modifiedMillis);
    response.setContentLengthLong(range.length());
    if (range.partial()) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader("Content-Range", range.contentRange());
    }
  }

  private void clear(
      AsyncContext context, HttpServletRequest request, Supervisor supervisor, Target target) {
    Doors doors = Doors.of(getServletContext());
    Caller caller = AccessFilter.caller(request);
    String what = request.getMethod() + " " + request.getRequestURI();
    // supervisord's own log holds the record of what everybody did
    Role needed = target.process().isPresent() ? Role.OPERATOR : Role.ADMIN;
    String name = target.process().map(ProcessJson::id).orElse("supervisor");
    if (RestResource.flag("dryRun", request.getParameter("dryRun"))) {
      caller.require(needed, what);
      Answers.send(
          context, 200, Map.of("dryRun", true, "action", "clear", "targets", List.of(name)));
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
        (done, failure) -> {
          if (failure != null) {
            Answers.send(context, Problem.of(failure));
          } else {
            ((HttpServletResponse) context.getResponse()).setStatus(204);
            ResponseBody.send(context, new byte[0]);
          }
        },
        doors.executor());
  }
}
