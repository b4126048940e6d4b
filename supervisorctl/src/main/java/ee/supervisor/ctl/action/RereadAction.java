package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Has the configuration read again, and shows what would change. */
final class RereadAction implements Action {

  @Override
  public String name() {
    return "reread";
  }

  @Override
  public String help() {
    return HelpTexts.REREAD;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!argument.isEmpty()) {
      NoArguments.refuse(session, this);
      return;
    }
    try {
      show(session, RereadResult.of(session.server().call("supervisor.reloadConfig")));
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      switch (fault.code()) {
        case FaultCode.SHUTDOWN_STATE -> session.print("ERROR: supervisor shutting down");
        case FaultCode.CANT_REREAD -> session.print("ERROR: " + fault.text());
        default -> throw fault;
      }
    }
  }

  private static void show(Session session, RereadResult changes) {
    Map<String, String> byName = new TreeMap<>();
    changes.added().forEach(name -> byName.put(name, "available"));
    changes.changed().forEach(name -> byName.put(name, "changed"));
    changes.removed().forEach(name -> byName.put(name, "disappeared"));
    if (byName.isEmpty()) {
      session.print("No config updates to processes");
    }
    byName.forEach((name, change) -> session.print(name + ": " + change));
  }
}
