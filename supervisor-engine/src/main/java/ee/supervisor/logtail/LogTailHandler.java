package ee.supervisor.logtail;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpRequest;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.output.LogFollower;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * {@code /logtail/NAME}, {@code /logtail/NAME/stdout}, {@code /logtail/NAME/stderr} and {@code
 * /mainlogtail}: what a log gains, for as long as the client stays.
 */
public final class LogTailHandler implements HttpHandler {
  private static final String TAIL = "/logtail";
  private static final String MAIN_TAIL = "/mainlogtail";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private final Supplier<Optional<Supervisor>> supervisor;
  private final Executor readers;

  /**
   * @param supervisor whose logs they are, if there is one now
   * @param readers where files are looked at, which may take as long as the disk does
   */
  public LogTailHandler(Supplier<Optional<Supervisor>> supervisor, Executor readers) {
    this.supervisor = supervisor;
    this.readers = readers;
  }

  /** Whether a request for {@code path} is for this handler: all that begins like its paths. */
  public static boolean matches(String path) {
    return path.startsWith(TAIL) || path.startsWith(MAIN_TAIL);
  }

  @Override
  public CompletionStage<HttpResponse> handle(HttpRequest request) {
    if (!request.method().equals("GET")) {
      return completedStage(HttpResponse.error(400));
    }
    String path = request.path();
    Optional<Path> log =
        supervisor.get().flatMap(s -> path.startsWith(MAIN_TAIL) ? s.logfile() : logfile(s, path));
    return log.isEmpty()
        // a log that is not there may come, with the process's start or another configuration
        ? completedStage(HttpResponse.error(404))
        : CompletableFuture.supplyAsync(() -> following(log.get()), readers);
  }

  private static HttpResponse following(Path log) {
    Map<String, String> headers = new LinkedHashMap<>();
    try {
      headers.put("Last-Modified", httpDate(Files.getLastModifiedTime(log).toMillis()));
    } catch (IOException e) {
      return HttpResponse.error(404);
    }
    headers.put("Content-Type", "text/plain;charset=utf-8");
    headers.put("X-Content-Type-Options", "nosniff");
    // nginx would hold back what is to be seen at once
    headers.put("X-Accel-Buffering", "no");
    return new HttpResponse(
        200,
        headers,
        new HttpResponse.Body.Endless(() -> FollowedLog.open(log, LogFollower.HEAD_BYTES)));
  }

  private static String httpDate(long millis) {
    return HTTP_DATE.format(
        LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC));
  }

  private static Optional<Path> logfile(Supervisor supervisor, String requestPath) {
    int end = requestPath.indexOf('/', 1);
    String path = end < 0 ? "" : requestPath.substring(end).replaceFirst("^/+", "");
    int slash = path.indexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    String channel = slash < 0 ? "stdout" : path.substring(slash + 1);
    if (Namespec.parse(name).process().isEmpty()) {
      return Optional.empty();
    }
    try {
      ProcessInfo process = supervisor.process(name);
      return switch (channel) {
        case "stdout" -> process.stdoutLogfile();
        case "stderr" -> process.stderrLogfile();
        default -> Optional.empty();
      };
    } catch (SupervisorException e) {
      // no such process
      return Optional.empty();
    }
  }
}
