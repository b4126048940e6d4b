package ee.supervisor.web;

import ee.supervisor.access.AuditLog;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.control.Handover;
import ee.supervisor.control.Supervisor;
import ee.supervisor.health.LivenessHandler;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.ServerThreads;
import ee.supervisor.live.EventsHandler;
import ee.supervisor.live.LiveData;
import ee.supervisor.logtail.LogTailHandler;
import ee.supervisor.web.http.AsyncResponse;
import ee.supervisor.web.http.BodyReaders;
import ee.supervisor.web.http.DepartedClients;
import ee.supervisor.web.http.SendWindows;
import ee.supervisor.xmlrpc.OpenedSupervisor;
import ee.supervisor.xmlrpc.XmlRpcHandler;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What all doors of the application share: the supervisor they open on, and the threads they work
 * with. Made when the application starts.
 */
public final class Doors implements ServletContextListener {
  private static final int BODY_READERS = 8;

  private final ServerThreads threads = new ServerThreads();
  private final BodyReaders bodyReaders =
      new BodyReaders(BODY_READERS, ServerThreads.named("supervisor-body-reader"));
  private final SendWindows windows = new SendWindows(threads.work());
  private final DepartedClients departed = new DepartedClients(threads.work());
  private final OpenedSupervisor opened =
      new OpenedSupervisor(Handover::current, threads.work(), threads.logReaders());
  private final HttpHandler xmlRpc = new XmlRpcHandler(opened);
  private final HttpHandler logTail = new LogTailHandler(Handover::current, threads.logReaders());
  private final HttpHandler liveness = new LivenessHandler(Handover::current);
  private final HttpHandler events = new EventsHandler(Handover::current, this::live);
  private LiveData live;

  /**
   * The doors of an application that has started.
   *
   * @throws IllegalStateException when it has not
   */
  public static Doors of(ServletContext context) {
    if (context.getAttribute(Doors.class.getName()) instanceof Doors doors) {
      return doors;
    }
    throw new IllegalStateException("the application has not started");
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    event.getServletContext().setAttribute(Doors.class.getName(), this);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    opened.close();
    closeLive();
    threads.close();
    bodyReaders.close();
  }

  /** The running supervisor, if there is one. */
  public Optional<Supervisor> supervisor() {
    return Handover.current();
  }

  /**
   * Who responds to what comes for {@code path}, one of those that need no container.
   *
   * @throws IllegalArgumentException for any other path
   */
  public HttpHandler handler(String path) {
    if (XmlRpcHandler.matches(path)) {
      return xmlRpc;
    }
    if (LogTailHandler.matches(path)) {
      return logTail;
    }
    if (EventsHandler.matches(path)) {
      return events;
    }
    if (LivenessHandler.matches(path)) {
      return liveness;
    }
    throw new IllegalArgumentException("nobody responds to " + path);
  }

  /** The server sections that the running supervisor started with, if there is one. */
  public Optional<List<HttpServerConfig>> servers() {
    return opened.settings().map(OpenedSupervisor.Settings::servers);
  }

  /** The users that the running supervisor started with, if there is one. */
  public Optional<AccessConfig> access() {
    return opened.settings().map(OpenedSupervisor.Settings::access);
  }

  /** Where what clients change is recorded, if there is a supervisor. */
  public Optional<AuditLog> audit() {
    return opened.settings().map(OpenedSupervisor.Settings::audit);
  }

  /** Who reads bodies of requests. */
  public BodyReaders bodyReaders() {
    return bodyReaders;
  }

  /** Begins the response to {@code request}, whose thread is not needed any more. */
  public AsyncResponse begin(HttpServletRequest request) {
    return AsyncResponse.begin(request, threads.logReaders(), departed, windows);
  }

  /** What is remembered between requests; made when it is asked for. */
  public synchronized LiveData live() {
    if (live == null) {
      live = new LiveData(threads.work());
    }
    return live;
  }

  private synchronized void closeLive() {
    if (live != null) {
      live.close();
    }
  }

  /** For work that needs a processor, not a disk. */
  public Executor executor() {
    return threads.work();
  }

  /** For what reads log files, which may take as long as a disk does. */
  public Executor logReaders() {
    return threads.logReaders();
  }
}
