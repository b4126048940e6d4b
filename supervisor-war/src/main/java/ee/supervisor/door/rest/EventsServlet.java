package ee.supervisor.door.rest;

import ee.supervisor.control.Supervisor;
import ee.supervisor.door.Doors;
import ee.supervisor.door.http.EndlessBody;
import ee.supervisor.door.http.ReadOnlyServlet;
import ee.supervisor.door.live.EventFeed;
import ee.supervisor.event.EventType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /api/v1/events}: what happens, as server-sent events. No JAX-RS resource: there a client
 * that stops reading would hold a thread.
 */
public final class EventsServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    Doors doors = Doors.of(getServletContext());
    AsyncContext context = request.startAsync();
    Optional<Supervisor> supervisor = doors.supervisor();
    if (supervisor.isEmpty()) {
      Answers.send(context, new Problem(503, "supervisord is not running", Optional.empty()));
      return;
    }
    Set<EventType> types;
    try {
      KnownQuery.checkServlet(request.getParameterMap(), List.of("lastEventId"), List.of("type"));
      types = types(request.getParameterValues("type"));
    } catch (BadRequestException e) {
      Answers.send(context, Problem.of(e));
      return;
    }
    Answers.eventStream(response);
    if (request.getMethod().equals("HEAD")) {
      // the answer to GET does not end; this one does
      context.complete();
      return;
    }
    EventFeed feed =
        EventFeed.of(doors.live().history(supervisor.get()), types, lastEventId(request));
    EndlessBody.start(context, () -> feed, doors.executor(), doors.departedClients());
  }

  @Override
  protected void refuse(HttpServletRequest request, HttpServletResponse response) {
    Answers.send(
        request.startAsync(), new Problem(405, "events can only be read", Optional.empty()));
  }

  private static Set<EventType> types(String[] names) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    Arrays.stream(names == null ? new String[] {"EVENT"} : names)
        .flatMap(name -> Arrays.stream(name.split(",", -1)))
        .map(
            name ->
                EventType.named(name)
                    .orElseThrow(
                        () -> new BadRequestException("type=" + name + " is no type of event")))
        .forEach(types::add);
    return types;
  }

  /** A browser sends the header when it comes again; who comes by hand may use the query. */
  private static String lastEventId(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Last-Event-ID"))
        .or(() -> Optional.ofNullable(request.getParameter("lastEventId")))
        .orElse("");
  }
}
