package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Has the configuration read again, and makes what runs agree with it. */
final class UpdateAction implements Action {

  @Override
  public String name() {
    return "update";
  }

  @Override
  public String help() {
    return HelpTexts.UPDATE;
  }

  @Override
  public Completes completes() {
    return Completes.GROUPS;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    UpdateArguments arguments = UpdateArguments.parse(argument);
    if (arguments.plan()) {
      plan(session, arguments);
      return;
    }
    if (arguments.onlyChanged() && !knowsProcesses(session)) {
      return;
    }
    RereadResult changes;
    try {
      changes = RereadResult.of(session.server().call("supervisor.reloadConfig"));
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      if (fault.code() != FaultCode.SHUTDOWN_STATE) {
        throw fault;
      }
      session.print("ERROR: already shutting down");
      return;
    }
    tellUnknown(session, arguments.groups(), changes);
    apply(session, arguments, changes);
  }

  /** Asked before anything has changed: whether the server can update single processes. */
  private static boolean knowsProcesses(Session session) throws IOException {
    try {
      session.server().call(Extension.ROLLING_GROUPS);
      return true;
    } catch (RpcFault fault) {
      if (fault.code() != FaultCode.UNKNOWN_METHOD) {
        // the update itself says it in its words
        return true;
      }
      Extension.tellMissing(session, "updates of single processes");
      return false;
    }
  }

  private static void plan(Session session, UpdateArguments arguments)
      throws IOException, RpcFault {
    try {
      Object plan =
          session
              .server()
              .call(Extension.PLAN, arguments.onlyChanged(), List.copyOf(arguments.groups()));
      if (arguments.json()) {
        session.print(Json.of(Struct.of(plan).members()));
      } else {
        new PlanPrinter(session).print(Struct.of(plan));
      }
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      switch (fault.code()) {
        case FaultCode.UNKNOWN_METHOD -> Extension.tellMissing(session, "plans of an update");
        case FaultCode.BAD_NAME -> session.print("ERROR: no such group: " + badName(fault));
        case FaultCode.SHUTDOWN_STATE -> session.print("ERROR: already shutting down");
        case FaultCode.CANT_REREAD -> session.print("ERROR: " + fault.text());
        default -> throw fault;
      }
    }
  }

  private static String badName(RpcFault fault) {
    return fault.text().substring(fault.text().indexOf(' ') + 1);
  }

  private static void tellUnknown(Session session, Set<String> wanted, RereadResult changes)
      throws IOException, RpcFault {
    if (wanted.isEmpty()) {
      return;
    }
    Set<String> known = new HashSet<>(changes.added());
    Object infos = session.server().call("supervisor.getAllProcessInfo");
    Struct.listOf(infos).forEach(info -> known.add(info.text("group")));
    for (String name : wanted) {
      if (!known.contains(name)) {
        session.print("ERROR: no such group: " + name);
        session.exitStatus(ExitStatus.GENERIC);
      }
    }
  }

  private static void apply(Session session, UpdateArguments arguments, RereadResult changes)
      throws IOException, RpcFault {
    Set<String> wanted = arguments.groups();
    for (String name : changes.removed()) {
      if (wanted.isEmpty() || wanted.contains(name)) {
        remove(session, name);
      }
    }
    List<String> changed =
        changes.changed().stream()
            .filter(name -> wanted.isEmpty() || wanted.contains(name))
            .toList();
    Set<String> inPlace = arguments.onlyChanged() ? Set.copyOf(changed) : rolling(session, changed);
    for (String name : changed) {
      if (!inPlace.contains(name)) {
        stop(session, name);
        session.server().call("supervisor.removeProcessGroup", name);
        session.server().call("supervisor.addProcessGroup", name);
        session.print(name + ": updated process group");
      } else if (!follow(session, name, arguments.onlyChanged())) {
        return;
      }
    }
    for (String name : changes.added()) {
      if (wanted.isEmpty() || wanted.contains(name)) {
        session.server().call("supervisor.addProcessGroup", name);
        session.print(name + ": added process group");
      }
    }
  }

  /** Those of the groups that ask for rolling updates: of Supervisor's own server, none. */
  private static Set<String> rolling(Session session, List<String> changed) throws IOException {
    if (changed.isEmpty()) {
      return Set.of();
    }
    try {
      return Set.copyOf(Struct.strings(session.server().call(Extension.ROLLING_GROUPS)));
    } catch (RpcFault unknown) {
      return Set.of();
    }
  }

  /** Has the server change a group process by process; whether the update can go on. */
  private static boolean follow(Session session, String name, boolean onlyChanged)
      throws IOException, RpcFault {
    try {
      Object results =
          new PatientCall(session, Optional.empty())
              .call(name + ": updating", Extension.UPDATE_GROUP, name, onlyChanged);
      for (Struct result : Struct.listOf(results)) {
        session.print(
            Namespec.of(result.text("group"), result.text("name"))
                + ": "
                + result.text("description"));
      }
      session.print(name + ": updated process group");
      return true;
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      session.print(name + ": ERROR (" + fault.text() + ")");
      return false;
    } catch (CallTimeoutException e) {
      throw new IllegalStateException("there was no limit", e);
    }
  }

  private static void remove(Session session, String name) throws IOException, RpcFault {
    if (stop(session, name)) {
      session.server().call("supervisor.removeProcessGroup", name);
      session.print(name + ": removed process group");
    } else {
      session.print(name + ": has problems; not removing");
      session.exitStatus(ExitStatus.GENERIC);
    }
  }

  /** Stops a group; whether all of it did. */
  private static boolean stop(Session session, String name) throws IOException, RpcFault {
    Object results = session.server().call("supervisor.stopProcessGroup", name);
    session.print(name + ": stopped");
    return Struct.listOf(results).stream()
        .noneMatch(result -> result.number("status") == FaultCode.FAILED);
  }
}
