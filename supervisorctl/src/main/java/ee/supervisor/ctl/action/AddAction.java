package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;

/** Makes groups active that the configuration has. */
final class AddAction implements Action {

  @Override
  public String name() {
    return "add";
  }

  @Override
  public String help() {
    return HelpTexts.ADD;
  }

  @Override
  public Completes completes() {
    return Completes.GROUPS;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    for (String name : Words.of(argument)) {
      try {
        session.server().call("supervisor.addProcessGroup", name);
        session.print(name + ": added process group");
      } catch (RpcFault fault) {
        tell(session, name, fault);
      }
    }
  }

  private static void tell(Session session, String name, RpcFault fault) throws RpcFault {
    if (fault.code() == FaultCode.ALREADY_ADDED) {
      // what was asked for is so; the exit code stays as it is
      session.print("ERROR: process group already active");
      return;
    }
    session.exitStatus(ExitStatus.GENERIC);
    switch (fault.code()) {
      case FaultCode.SHUTDOWN_STATE -> session.print("ERROR: shutting down");
      case FaultCode.BAD_NAME -> session.print("ERROR: no such process/group: " + name);
      default -> throw fault;
    }
  }
}
