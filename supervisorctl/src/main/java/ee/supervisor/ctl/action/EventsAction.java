package ee.supervisor.ctl.action;

import ee.supervisor.client.HttpStatusException;
import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.ctl.terminal.Interrupt;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows what supervisord remembers of what has happened, or what happens as it happens. */
final class EventsAction implements Action {

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String help() {
    return """
        events [-f] [--json] [<type> ...]
        events\t\t\tWhat has happened, as far as the server remembers it
        events -f\t\tWhat happens from now on, until Ctrl-C
        events -f PROCESS_STATE\tOf that type and those below it only
        --json\t\t\tEach as a JSON object on a line of its own
        --color=never|auto|always\tWhether states have colours""";
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!session.serverIsUp()) {
      return;
    }
    ActionArguments arguments = new ActionArguments(name(), argument);
    boolean follow;
    EventLine line;
    List<String> types;
    try {
      follow = arguments.flag("-f", "--follow");
      line = new EventLine(arguments.flag("--json"), arguments.coloured(session.coloured()));
      types = arguments.names();
    } catch (IllegalArgumentException e) {
      session.print(e.getMessage());
      session.print(help());
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      return;
    }
    String query = types.isEmpty() ? "EVENT" : String.join(",", types);
    String path = "/api/v1/events?type=" + Rest.segment(query) + (follow ? "" : "&lastEventId=0");
    InputStream feed;
    try {
      feed = session.server().follow(path);
    } catch (HttpStatusException e) {
      refuse(session, e, follow, types, line);
      return;
    }
    if (follow) {
      untilInterrupted(session, feed, new EventStream(session, line, feed));
    } else {
      new EventStream(session, line, feed).showPast();
    }
  }

  private static void refuse(
      Session session, HttpStatusException e, boolean follow, List<String> types, EventLine line)
      throws IOException, RpcFault {
    if (e.status() == 400) {
      session.print("Error: events: no such type of event: " + String.join(" ", types));
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
    } else if (!Rest.isAbsent(e)) {
      throw e;
    } else if (!follow) {
      session.print("Error: events: this server does not remember events; -f shows new ones");
      session.exitStatus(ExitStatus.UNIMPLEMENTED_FEATURE);
    } else if (!types.isEmpty() && !types.equals(List.of("PROCESS_STATE"))) {
      session.print("Error: events: this server tells of nothing but PROCESS_STATE");
      session.exitStatus(ExitStatus.UNIMPLEMENTED_FEATURE);
    } else {
      session.complain(
          "this server has no feed of events: asking once a second how processes are, which"
              + " misses what is over in less");
      new StateChanges(session, line).follow();
    }
  }

  private static void untilInterrupted(Session session, InputStream feed, EventStream stream) {
    AtomicBoolean interrupted = new AtomicBoolean();
    Interrupt interrupt =
        Interrupt.take(
            () -> {
              interrupted.set(true);
              LogPrinter.close(feed);
            });
    try {
      stream.showAll();
    } finally {
      interrupt.giveBack();
      LogPrinter.close(feed);
    }
    if (!interrupted.get()) {
      session.complain("the server has closed the feed of events");
      session.exitStatus(ExitStatus.GENERIC);
    }
  }
}
