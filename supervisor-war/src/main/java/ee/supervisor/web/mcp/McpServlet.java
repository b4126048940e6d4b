package ee.supervisor.web.mcp;

import ee.supervisor.access.Caller;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.Role;
import ee.supervisor.web.Doors;
import ee.supervisor.web.auth.AccessFilter;
import ee.supervisor.web.http.ErrorPage;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;

/**
 * {@code /mcp}: lets assistants in, if the configuration has {@code mcp}. What speaks the protocol
 * is loaded with the first of them.
 */
public final class McpServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(McpServlet.class.getName());
  private static final String CLASS = "ee.supervisor.mcp.McpDoor";
  private static final String INSTRUCTIONS =
      "Look after the programs of one supervisord. Begin with status; describe and logs tell why a"
          + " program is not RUNNING. Programs are named group:name, or name alone where that is"
          + " the group's name as well.";
  private static final int MAX_REQUEST_BYTES = 1 << 20;

  /** Of the server's few threads: the rest is for others, however many assistants there are. */
  private static final int AT_ONCE = 3;

  private final transient Semaphore places = new Semaphore(AT_ONCE);
  private final transient Map<Role, HttpServlet> doors = new EnumMap<>(Role.class);
  private transient Optional<ClassLoader> loader = Optional.empty();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Role> most = Doors.of(getServletContext()).access().flatMap(AccessConfig::mcp);
    if (most.isEmpty()) {
      ErrorPage.send(response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    if (!places.tryAcquire()) {
      response.setHeader("Retry-After", "1");
      ErrorPage.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      Caller caller = AccessFilter.caller(request);
      boolean mayChange =
          most.get().includes(Role.OPERATOR) && caller.role().includes(Role.OPERATOR);
      HttpServlet door = door(mayChange ? Role.OPERATOR : Role.VIEWER);
      // the protocol's library looks for its services there
      thread.setContextClassLoader(door.getClass().getClassLoader());
      door.service(request, response);
    } catch (ServletException | RuntimeException | LinkageError e) {
      LOG.log(System.Logger.Level.ERROR, "/mcp fails", e);
      if (!response.isCommitted()) {
        response.reset();
        ErrorPage.send(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      }
    } finally {
      thread.setContextClassLoader(before);
      places.release();
    }
  }

  /** The door for those who may do so much. */
  private synchronized HttpServlet door(Role role) throws ServletException {
    HttpServlet door = doors.get(role);
    if (door == null) {
      door = open(role);
      doors.put(role, door);
    }
    return door;
  }

  private HttpServlet open(Role role) throws ServletException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      if (loader.isEmpty()) {
        loader = Optional.of(SeparateLoader.of(getServletContext()));
      }
      thread.setContextClassLoader(loader.get());
      Tools tools = new Tools(Doors.of(getServletContext()), role);
      BiFunction<HttpServletRequest, Map<String, Object>, Map<String, Object>> call =
          (request, named) -> tools.call(AccessFilter.caller(request), named);
      HttpServlet door =
          Class.forName(CLASS, true, loader.get())
              .asSubclass(HttpServlet.class)
              .getConstructor(Map.class, List.class, BiFunction.class)
              .newInstance(
                  Map.of(
                      "name",
                      "supervisord",
                      "version",
                      "1.0.0",
                      "instructions",
                      INSTRUCTIONS,
                      "maxRequestBytes",
                      MAX_REQUEST_BYTES),
                  tools.descriptions(),
                  call);
      door.init((ServletConfig) this);
      return door;
    } catch (ReflectiveOperationException | LinkageError | IOException e) {
      throw new ServletException("what speaks the Model Context Protocol cannot be loaded", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public synchronized void destroy() {
    doors.values().forEach(HttpServlet::destroy);
    doors.clear();
  }
}
