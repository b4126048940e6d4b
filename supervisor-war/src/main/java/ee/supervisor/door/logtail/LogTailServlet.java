package ee.supervisor.door.logtail;

import ee.supervisor.control.Namespec;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.door.Doors;
import ee.supervisor.door.http.EndlessBody;
import ee.supervisor.door.http.ErrorPage;
import ee.supervisor.door.http.FollowedLog;
import ee.supervisor.output.LogFollower;
import ee.supervisor.process.ProcessInfo;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code /logtail/NAME}, {@code /logtail/NAME/stdout}, {@code /logtail/NAME/stderr} and {@code
 * /mainlogtail}: what a log gains, for as long as the client stays.
 */
public final class LogTailServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Doors doors = Doors.of(getServletContext());
    Optional<Supervisor> supervisor = doors.supervisor();
    if (!request.getMethod().equals("GET")) {
      ErrorPage.send(response, HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    boolean main = request.getServletPath().equals("/mainlogtail");
    Optional<Path> log =
        supervisor.flatMap(s -> main ? s.logfile() : logfile(s, request.getPathInfo()));
    if (log.isEmpty()) {
      // a log that is not there may come, with the process's start or another configuration
      ErrorPage.send(response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    Path file = log.get();
    EndlessBody.start(
        request.startAsync(),
        () -> {
          response.setContentType("text/plain;charset=utf-8");
          response.setHeader("X-Content-Type-Options", "nosniff");
          response.setDateHeader("Last-Modified", Files.getLastModifiedTime(file).toMillis());
          return FollowedLog.open(file, LogFollower.HEAD_BYTES);
        },
        doors.logReaders(),
        doors.departedClients());
  }

  private static Optional<Path> logfile(Supervisor supervisor, String pathInfo) {
    String path = pathInfo == null ? "" : pathInfo.replaceFirst("^/+", "");
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
