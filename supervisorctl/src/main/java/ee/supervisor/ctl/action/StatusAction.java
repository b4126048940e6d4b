package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows how processes are. */
final class StatusAction implements Action {
  private static final int MIN_NAME_WIDTH = 30;
  private static final int STATE_WIDTH = 10;
  private static final Set<String> DOWN = Set.of("STOPPED", "EXITED", "FATAL", "UNKNOWN");

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String help() {
    return HelpTexts.STATUS;
  }

  @Override
  public Completes completes() {
    return Completes.PROCESSES;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!session.serverIsUp()) {
      session.exitStatus(ExitStatus.STATUS_UNKNOWN);
      return;
    }
    List<Struct> all = Struct.listOf(session.server().call("supervisor.getAllProcessInfo"));
    List<String> names = Words.of(argument);
    boolean json = names.remove("--json");
    List<Struct> shown =
        names.isEmpty() || names.contains("all") ? all : named(session, names, all, json);
    if (json) {
      Waits waits = Waits.of(session);
      session.print(Json.of(shown.stream().map(info -> withReadiness(info, waits)).toList()));
    } else {
      show(session, shown);
    }
    if (shown.stream().anyMatch(info -> DOWN.contains(info.text("statename")))) {
      session.exitStatus(ExitStatus.STATUS_NOT_RUNNING);
    }
  }

  /** Supervisor's struct has no member for whether others may count on a process. */
  private static Map<Object, Object> withReadiness(Struct info, Waits waits) {
    Map<Object, Object> members = new LinkedHashMap<>(waits.added(info));
    members.put("ready", waits.isReady(info));
    return members;
  }

  private static List<Struct> named(
      Session session, List<String> names, List<Struct> all, boolean json) {
    List<Struct> found = new ArrayList<>();
    for (String name : names) {
      Namespec namespec = Namespec.parse(name);
      List<Struct> matching = all.stream().filter(info -> matches(namespec, info)).toList();
      found.addAll(matching);
      if (matching.isEmpty()) {
        String error =
            namespec.process().isEmpty()
                ? namespec.group() + ": ERROR (no such group)"
                : name + ": ERROR (no such process)";
        if (json) {
          session.complain(error);
        } else {
          session.print(error);
        }
        session.exitStatus(ExitStatus.STATUS_UNKNOWN);
      }
    }
    return found;
  }

  private static boolean matches(Namespec namespec, Struct info) {
    return info.text("group").equals(namespec.group())
        && namespec.process().map(process -> process.equals(info.text("name"))).orElse(true);
  }

  private static void show(Session session, List<Struct> infos) {
    List<String> names =
        infos.stream().map(info -> Namespec.of(info.text("group"), info.text("name"))).toList();
    int width = MIN_NAME_WIDTH;
    for (String name : names) {
      width = Math.max(width, Columns.width(name));
    }
    for (int i = 0; i < names.size(); i++) {
      Struct info = infos.get(i);
      String state = info.text("statename");
      String padded = Columns.pad(state, STATE_WIDTH);
      session.print(
          Columns.pad(names.get(i), width + 3)
              + (session.coloured() ? StateColour.of(state).paint(padded) : padded)
              + info.text("description"));
    }
  }
}
