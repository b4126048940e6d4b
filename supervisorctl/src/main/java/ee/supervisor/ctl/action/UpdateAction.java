package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    Set<String> wanted = new LinkedHashSet<>(Words.of(argument));
    if (wanted.contains("all")) {
      wanted.clear();
    }
    tellUnknown(session, wanted, changes);
    apply(session, wanted, changes);
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

  private static void apply(Session session, Set<String> wanted, RereadResult changes)
      throws IOException, RpcFault {
    for (String name : changes.removed()) {
      if (wanted.isEmpty() || wanted.contains(name)) {
        remove(session, name);
      }
    }
    for (String name : changes.changed()) {
      if (wanted.isEmpty() || wanted.contains(name)) {
        stop(session, name);
        session.server().call("supervisor.removeProcessGroup", name);
        session.server().call("supervisor.addProcessGroup", name);
        session.print(name + ": updated process group");
      }
    }
    for (String name : changes.added()) {
      if (wanted.isEmpty() || wanted.contains(name)) {
        session.server().call("supervisor.addProcessGroup", name);
        session.print(name + ": added process group");
      }
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
